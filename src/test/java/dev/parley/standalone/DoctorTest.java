package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the proxy doctor is told, on the whole server. */
@Timeout(60)
final class DoctorTest {

    private static final String DOCTOR = "/api/lab/doctor";

    @TempDir
    private Path root;

    private RunningServer server;
    private final Deque<HttpConnection> open = new ArrayDeque<>();

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(root, Map.of("trustForwarded", "true", "heartbeat", "7s"));
    }

    @AfterEach
    void stop() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        server.close();
    }

    @Test
    void factsSayWhatTheServerBelieves() throws IOException {
        var plain = client().ask("GET " + DOCTOR + "/facts?origin=https://chat.test", "")
                .text();
        var proxied = client().ask(
                        "GET " + DOCTOR + "/facts?origin=http://localhost:" + server.port(),
                        "",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-For: 203.0.113.7",
                        "Cookie: secret=1")
                .text();

        assertThat(plain)
                .contains("\"secure\":false", "\"originAllowed\":false", "\"address\":\"127.0.0.1\"")
                .contains("\"heartbeatMillis\":7000", "\"port\":" + server.port());
        assertThat(proxied)
                .contains("\"secure\":true", "\"originAllowed\":true", "\"address\":\"203.0.113.7\"")
                .contains("\"peer\":\"127.0.0.1\"", "\"trustForwarded\":true", "\"x-forwarded-proto\":\"https\"")
                .doesNotContain("secret");
    }

    @Test
    void streamHasItsPiecesWithTheServersTimes() throws IOException {
        HttpConnection stream = client();
        stream.send("GET " + DOCTOR + "/stream?count=3&every=20", "");
        HttpConnection.Head head = stream.readHead();
        int at = 0;
        for (int n = 0; n < 3; n++) {
            String piece = stream.readUntil("\"n\":" + n);
            int then = Integer.parseInt(piece.replaceAll(".*\"at\":(\\d+).*", "$1"));
            assertThat(then).isGreaterThanOrEqualTo(n == 0 ? 0 : at + 20);
            at = then;
        }

        assertThat(head.headers()).doesNotContainKey("x-accel-buffering");
        assertThat(head.header("Content-Type")).startsWith("text/event-stream");
        assertThat(head.header("Cache-Control")).isEqualTo("no-store");
        assertThat(stream.readUntil("0")).isEqualTo("0");
        assertThat(client().ask("HEAD " + DOCTOR + "/stream?accel=no", "").header("X-Accel-Buffering"))
                .isEqualTo("no");
    }

    @Test
    void streamThatWouldBeTooLongIsRefusedWithTheLimit() throws IOException {
        var answer = client().ask("GET " + DOCTOR + "/stream?count=3&every=65001", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("130002 ms, at most 130000");
        assertThat(client().ask("GET " + DOCTOR + "/stream?count=21", "").status())
                .isEqualTo(400);
    }

    @Test
    void addressHasSoManyStreamsAndOneThatEndsMakesRoom() throws IOException {
        for (int i = 1; i < 16; i++) {
            begin(130_000);
        }
        begin(10).readUntil("\"n\":1");
        begin(130_000);

        var refused = client().ask("GET " + DOCTOR + "/stream", "");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).contains("16 connections from your address, at most 16");
    }

    private HttpConnection begin(int everyMillis) throws IOException {
        HttpConnection stream = client();
        stream.send("GET " + DOCTOR + "/stream?count=2&every=" + everyMillis, "");
        stream.readUntil("\"n\":0");
        return stream;
    }

    @Test
    void handshakeIsToldAsItCame() throws IOException {
        try (RawWebSocket socket = server.open(DOCTOR + "/socket?token=abc", "Via: 1.1 proxy")) {
            socket.sendText("hi");
            assertThat(socket.readFrame())
                    .hasValueSatisfying(frame -> assertThat(frame.text()).isEqualTo("hi"));
        }

        assertThat(told("abc")).contains("\"seen\":true", "\"upgraded\":true", "\"via\":\"1.1 proxy\"");
        assertThat(told("another")).isEqualTo("{\"seen\":false}");
    }

    @Test
    void handshakeWithoutUpgradeIsToldTooThoughItIsRefused() throws IOException {
        var answer = client().ask("GET " + DOCTOR + "/socket?token=abc", "", "Connection: keep-alive");
        var foreign = client().ask("GET " + DOCTOR + "/socket?token=def", "", "Origin: https://chat.test");

        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.header("Upgrade")).isEqualTo("websocket");
        assertThat(told("abc"))
                .contains("\"upgraded\":false", "\"connection\":\"keep-alive\"")
                .doesNotContain("\"upgrade\":");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(told("def")).contains("\"upgraded\":false", "\"origin\":\"https://chat.test\"");
    }

    @Test
    void foreignPageOpensTheSocketOnlyToHearThatItMayNot() throws IOException {
        try (RawWebSocket socket = server.open(DOCTOR + "/socket?token=abc", "Origin: https://chat.test")) {
            assertThat(socket.readFrame())
                    .hasValueSatisfying(frame -> assertThat(frame.closeCode()).isEqualTo(4003));
        }

        assertThat(told("abc")).contains("\"upgraded\":true", "\"origin\":\"https://chat.test\"");
    }

    private String told(String token) throws IOException {
        return client().ask("GET " + DOCTOR + "/handshake?token=" + token, "").text();
    }

    private HttpConnection client() throws IOException {
        HttpConnection client = server.http();
        open.push(client);
        return client;
    }
}
