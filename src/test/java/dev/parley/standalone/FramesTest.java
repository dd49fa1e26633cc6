package dev.parley.standalone;

import static dev.parley.testing.RawWebSocket.BINARY;
import static dev.parley.testing.RawWebSocket.CLOSE;
import static dev.parley.testing.RawWebSocket.CONTINUATION;
import static dev.parley.testing.RawWebSocket.PING;
import static dev.parley.testing.RawWebSocket.PONG;
import static dev.parley.testing.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FramesTest {

    private static final byte[] EMPTY = new byte[0];

    private RunningServer server;
    private RawWebSocket client;

    @BeforeEach
    void start(@TempDir Path root) throws IOException {
        server = new RunningServer(root);
        client = server.open("/echo");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void aFrameWithoutAMaskFailsTheConnection() throws IOException {
        client.send(RawWebSocket.frame(0x81, false, "hi".getBytes(StandardCharsets.UTF_8)));

        assertFails(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC1, 0xA1, 0x91, 0x83, 0x87, 0x8B, 0x8F, 0x09, 0x0A, 0x08})
    void reservedBitsAndOpcodesAndControlFragmentsFailTheConnection(int first) throws IOException {
        client.send(RawWebSocket.frame(first, true, EMPTY));

        assertFails(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, PONG, CLOSE})
    void aLongControlFrameFailsTheConnection(int opcode) throws IOException {
        client.sendFrame(true, opcode, new byte[126]);

        assertFails(1002);
    }

    @Test
    void aContinuationOfNothingFailsTheConnection() throws IOException {
        client.sendFrame(true, CONTINUATION, EMPTY);

        assertFails(1002);
    }

    @Test
    void aMessageInsideAnotherFailsTheConnection() throws IOException {
        client.sendFrame(false, TEXT, EMPTY);
        client.sendFrame(true, BINARY, EMPTY);

        assertFails(1002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82FE007D", "82FF000000000000FFFF", "82FF8000000000000000"})
    void aLengthWrittenWrongFailsTheConnection(String header) throws IOException {
        client.send(HexFormat.of().parseHex(header + "00000000"));

        assertFails(1002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FF", "C0AF", "EDA080", "F4908080", "F8", "E282", "CEBAE1BDB9CF83CEBCCEB5EDA080"})
    void textThatIsNotUtf8FailsTheConnection(String hex) throws IOException {
        client.sendFrame(true, TEXT, HexFormat.of().parseHex(hex));

        assertFails(1007);
    }

    @Test
    void textIsCheckedOverTheBordersOfFragments() throws IOException {
        client.sendFrame(false, TEXT, HexFormat.of().parseHex("F09F"));
        client.sendFrame(true, CONTINUATION, HexFormat.of().parseHex("98"));

        assertFails(1007);
    }

    @Test
    void badTextFailsBeforeItsFrameIsWhole() throws IOException {
        byte[] frame = RawWebSocket.frame(true, TEXT, HexFormat.of().parseHex("F4900000"));
        client.send(java.util.Arrays.copyOf(frame, frame.length - 2));

        assertFails(1007);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2999, 5000, 65535})
    void aCloseCodeThatIsNotForSendingIsAnsweredWith1002(int code) throws IOException {
        client.sendClose(code, "");

        assertFails(1002);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void aCloseIsAnsweredWithItsCode(int code) throws IOException {
        client.sendClose(code, "再见");

        RawWebSocket.Frame answer = client.readClose();
        assertThat(answer.closeCode()).isEqualTo(code);
        assertThat(answer.closeReason()).isEqualTo("再见");
        assertThat(client.readFrame()).isEmpty();
    }

    @Test
    void aCloseWithoutACodeIsAnsweredWithoutACode() throws IOException {
        client.sendFrame(true, CLOSE, EMPTY);

        assertThat(client.readClose().payload()).isEmpty();
        assertThat(client.readFrame()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"03, 1002", "03E8FF, 1007", "03E8E282, 1007"})
    void aBrokenCloseFailsTheConnection(String payload, int code) throws IOException {
        client.sendFrame(true, CLOSE, HexFormat.of().parseHex(payload));

        assertFails(code);
    }

    @Test
    void nothingAfterACloseIsAnswered() throws IOException {
        byte[] close = RawWebSocket.frame(true, CLOSE, RawWebSocket.closePayload(1000, ""));
        byte[] more = RawWebSocket.frame(true, TEXT, "more".getBytes(StandardCharsets.UTF_8));
        client.send(ByteBuffer.allocate(close.length + more.length)
                .put(close)
                .put(more)
                .array());

        assertThat(client.readFrame().orElseThrow().closeCode()).isEqualTo(1000);
        assertThat(client.readFrame()).isEmpty();
    }

    @Test
    void pingsAreAnsweredInsideAMessageToo() throws IOException {
        byte[] payload = new byte[125];
        client.sendFrame(false, TEXT, "one ".getBytes(StandardCharsets.UTF_8));
        client.sendFrame(true, PING, payload);
        client.sendFrame(true, PONG, payload);
        client.sendFrame(true, CONTINUATION, "two".getBytes(StandardCharsets.UTF_8));

        assertThat(client.readFrame().orElseThrow().text()).isEqualTo("one ");
        RawWebSocket.Frame pong = client.readFrame().orElseThrow();
        assertThat(pong.opcode()).isEqualTo(PONG);
        assertThat(pong.payload()).isEqualTo(payload);
        assertThat(client.readMessage().text()).isEqualTo("two");
    }

    @Test
    void framesThatComeByteByByteAreFrames() throws IOException {
        for (byte b : RawWebSocket.frame(true, TEXT, "大厅 😀".getBytes(StandardCharsets.UTF_8))) {
            client.send(new byte[] {b});
        }

        assertThat(client.readMessage().text()).isEqualTo("大厅 😀");
    }

    private void assertFails(int code) throws IOException {
        RawWebSocket.Frame close = client.readFrame().orElseThrow();
        assertThat(close.opcode()).isEqualTo(CLOSE);
        assertThat(close.closeCode()).isEqualTo(code);
        assertThat(client.readFrame()).isEmpty();
    }
}
