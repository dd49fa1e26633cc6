package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Echo over HTTP, on the whole server. */
final class HttpEchoTest {

    @TempDir
    private Path root;

    private RunningServer server;
    private HttpConnection client;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(root);
        client = server.http();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void factsOfTheRequestAreTold() throws IOException {
        var answer = client.ask("GET /echo?a=1&a=%E4%BD%A0", "", "X-Mine: 7");

        assertThat(answer.text())
                .contains("\"method\":\"GET\"", "\"uri\":\"/echo\"", "\"query\":\"a=1&a=%E4%BD%A0\"")
                .contains("\"a\":[\"1\",\"你\"]", "\"x-mine\":[\"7\"]", "\"remoteAddress\":\"127.0.0.1\"");
    }

    @Test
    void bodyComesBackAndIsNoPage() throws IOException {
        var answer = client.ask("POST /echo", "<script>alert(1)</script>", "Content-Type: text/html");

        assertThat(answer.text()).isEqualTo("<script>alert(1)</script>");
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
    }

    @Test
    void largeBodyComesBackWhole() throws IOException {
        String body = "0123456789".repeat(300_000);

        assertThat(client.ask("POST /echo", body, "Content-Type: text/plain").text())
                .isEqualTo(body);
    }

    @Test
    void webSocketsAreStillWelcomeThere() throws IOException {
        try (RawWebSocket socket = server.open("/echo")) {
            socket.sendText("hi");

            assertThat(socket.readFrame()).isPresent();
        }
    }
}
