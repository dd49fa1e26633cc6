package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contract.PollContract;
import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link PollContract} on the whole server. */
final class HttpPollTest extends PollContract {

    @TempDir
    private Path root;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(root, RunningServer.options(SETTINGS));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected URI base() {
        return server.base();
    }

    @Test
    void pollsThatWaitAreCountedAndThoseWhoHangUpAreNot() throws IOException {
        server.close();
        server = new RunningServer(root, Map.of("maxConnectionsPerAddress", "1"));
        HttpConnection first = http();
        first.send("GET " + messages + "?wait=60", "");
        waitUntilSomebodyIsThere();
        var refused = pollBriefly();
        first.close();
        var answer = pollBriefly();
        while (answer.status() == 429) {
            answer = pollBriefly();
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).contains("\"code\":\"overloaded\"", "at most 1");
        assertThat(answer.status()).isEqualTo(200);
    }

    private HttpConnection.Answer pollBriefly() throws IOException {
        try (HttpConnection client = server.http()) {
            return client.ask("GET " + messages + "?wait=1", "");
        }
    }

    @Test
    void pollsAreAnsweredWhenTheServerStops() throws IOException {
        HttpConnection client = http();
        client.send("GET " + messages + "?wait=60", "");
        waitUntilSomebodyIsThere();
        new Thread(server::close).start();

        assertThat(client.readAnswer(false).text()).contains("\"messages\":[]");
    }
}
