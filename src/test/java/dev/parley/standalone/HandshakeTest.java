package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandshakeTest {

    private static final String RIGHT = "GET /echo HTTP/1.1|Host: x|Upgrade: websocket|Connection: Upgrade"
            + "|Sec-WebSocket-Key: " + RawWebSocket.KEY + "|Sec-WebSocket-Version: 13";

    @TempDir
    private Path root;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRightHandshakeIsAnswered() throws IOException {
        RawWebSocket.Response answer = ask(RIGHT);

        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers())
                .containsEntry("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                .doesNotContainKeys("Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Server");
    }

    @ParameterizedTest
    @CsvSource({
        "GET , POST , 405",
        "HTTP/1.1, HTTP/1.0, 400",
        "|Host: x, '', 400",
        "Connection: Upgrade, Connection: keep-alive, 400",
        "|Connection: Upgrade, '', 400",
        "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ, 400",
        "dGhlIHNhbXBsZSBub25jZQ==, AAAA, 400",
        "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, '', 400",
        "Version: 13, Version: 8, 426",
        "|Sec-WebSocket-Version: 13, '', 426",
        "/echo, /nowhere, 404"
    })
    void aWrongHandshakeIsRefused(String right, String wrong, int status) throws IOException {
        assertThat(RIGHT).contains(right);

        RawWebSocket.Response answer = ask(RIGHT.replace(right, wrong));

        assertThat(answer.status()).isEqualTo(status);
        if (status == 405) {
            assertThat(answer.headers()).containsEntry("Allow", "GET");
        }
        if (status == 426) {
            assertThat(answer.headers()).containsEntry("Sec-WebSocket-Version", "13");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive, Upgrade", "UPGRADE"})
    void aConnectionHeaderMayHaveMoreTokens(String connection) throws IOException {
        String request = RIGHT.replace("Connection: Upgrade", "Connection: " + connection);

        assertThat(ask(request).status()).isEqualTo(101);
    }

    @Test
    void withoutAnUpgradeTheServletsAnswer() throws IOException {
        assertThat(ask("GET /echo HTTP/1.1|Host: x").body()).contains("\"uri\":\"/echo\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'superchat, chat', superchat",
        "'x, chat , superchat', chat",
        "'x,y', ",
    })
    void theFirstKnownSubprotocolIsTaken(String offered, String taken) throws IOException {
        RawWebSocket.Response answer = ask(RIGHT + "|Sec-WebSocket-Protocol: " + offered);

        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.headers().get("Sec-WebSocket-Protocol")).isEqualTo(taken);
    }

    @Test
    void compressionIsNeverAgreedOn() throws IOException {
        RawWebSocket.Response answer =
                ask(RIGHT + "|Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");

        assertThat(answer.headers()).doesNotContainKey("Sec-WebSocket-Extensions");
    }

    @Test
    void framesMayFollowTheHandshakeAtOnce() throws IOException {
        try (RawWebSocket client = server.connect()) {
            byte[] head = (RIGHT + "||").replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] frame = RawWebSocket.frame(true, RawWebSocket.TEXT, new byte[] {'h', 'i'});
            byte[] both = java.nio.ByteBuffer.allocate(head.length + frame.length)
                    .put(head)
                    .put(frame)
                    .array();
            client.send(both);

            assertThat(client.readResponse().status()).isEqualTo(101);
            assertThat(client.readMessage().text()).isEqualTo("hi");
        }
    }

    private RawWebSocket.Response ask(String request) throws IOException {
        try (RawWebSocket client = server.connect()) {
            client.send((request + "||").replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return client.readResponse();
        }
    }
}
