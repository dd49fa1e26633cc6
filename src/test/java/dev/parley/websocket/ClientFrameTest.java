package dev.parley.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFrameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é", "你好", "😀", "a\u0000\u007F\u0080\u07FF\u0800\uFFFF😀b"})
    void bytesAreThoseOfUtf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

        assertThat(ClientFrame.of(text).bytes()).isEqualTo(utf8.length);
        assertThat(ClientFrame.of(ByteBuffer.wrap(utf8))).isEqualTo(ClientFrame.of(text));
    }

    @Test
    void frameOverTheLimitIsRefusedWithItsSize() {
        assertThat(ClientFrame.of("é".repeat(5)).refusal(10)).isEmpty();
        assertThat(ClientFrame.of("é".repeat(5)).refusal(9))
                .contains(Refusal.of(Refusal.Code.TOO_LARGE, "frame: 10 bytes, at most 9"));
    }

    @Test
    void binaryFrameThatIsNotUtf8IsRefused() {
        ClientFrame frame = ClientFrame.of(ByteBuffer.wrap(new byte[] {(byte) 0xC3, 0x28}));

        assertThat(frame.refusal(10))
                .contains(Refusal.of(Refusal.Code.BAD_MESSAGE, "a binary frame of 2 bytes that is not UTF-8"));
    }
}
