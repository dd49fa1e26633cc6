package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    private static final byte[] KEY = {0x37, (byte) 0xFA, 0x21, (byte) 0x80};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 1000, 1003})
    void maskIsTakenOffPayloadInPiecesOfAnySize(int piece) {
        byte[] sent = new byte[2 * 1003 + 5];
        new Random(piece).nextBytes(sent);
        byte[] masked = sent.clone();
        for (int i = 0; i < sent.length - 5; i++) {
            masked[i + 2] ^= KEY[i % 4];
        }

        int before = 0;
        for (int count = piece; before < sent.length - 5; count = piece + before % 3 + 1) {
            int taken = Math.min(count, sent.length - 5 - before);
            Masking.remove(0x37FA2180, before, masked, 2 + before, taken);
            before += taken;
        }

        assertThat(masked).as("nothing before it or after it changed").isEqualTo(sent);
    }
}
