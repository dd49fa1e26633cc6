package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

    @ParameterizedTest
    @CsvSource({
        "0, 81 00",
        "125, 81 7d",
        "126, 81 7e 00 7e",
        "65535, 81 7e ff ff",
        "65536, 81 7f 00 00 00 00 00 01 00 00"
    })
    void webSocketFrameHasTheShortestLength(int length, String header) {
        Frame frame = new Frame("x".repeat(length));
        byte[] bytes = frame.webSocket(false);
        int headerLength = bytes.length - length;
        StringBuilder hex = new StringBuilder();
        for (byte b : Arrays.copyOf(bytes, headerLength)) {
            hex.append(String.format("%02x ", b));
        }
        assertThat(hex.toString().strip()).isEqualTo(header);
        assertThat(new String(bytes, headerLength, length, StandardCharsets.UTF_8))
                .isEqualTo(frame.text());
    }

    @ParameterizedTest
    @CsvSource({"false, -127", "true, -126"})
    void webSocketFrameIsMadeOnceForEachKind(boolean binary, byte first) {
        Frame frame = new Frame("李雷");
        assertThat(frame.webSocket(binary)).startsWith(first, 6).isSameAs(frame.webSocket(binary));
    }
}
