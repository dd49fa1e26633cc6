package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Polls that wait, on the whole server. */
@Timeout(60)
final class HttpPollTest {

    private static final String MESSAGES = "/api/rooms/lobby/messages";
    private static final String TEXT = "Content-Type: text/plain";

    @TempDir
    private Path root;

    @Test
    void pollIsAnsweredAtOnceWithWhatIsThere() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection client = server.http()) {
            String start = cursor(client.ask("GET " + MESSAGES, ""));
            client.ask("POST " + MESSAGES, "one", TEXT);

            var news = client.ask("GET " + MESSAGES + "?wait=60&after=" + start, "");

            assertThat(news.text()).contains("\"text\":\"one\"");
        }
    }

    @Test
    void pollWaitsForAMessage() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection poller = server.http();
                HttpConnection sender = server.http()) {
            String start = cursor(poller.ask("GET " + MESSAGES, ""));
            poller.send("GET " + MESSAGES + "?wait=60&after=" + start, "");
            sender.ask("POST " + MESSAGES, "one", TEXT);

            String news = poller.readAnswer(false).text();
            String next = cursor(news);
            var nothing = poller.ask("GET " + MESSAGES + "?after=" + next, "");

            assertThat(news).contains("\"text\":\"one\"");
            assertThat(nothing.text()).isEqualTo("{\"messages\":[],\"cursor\":\"" + next + "\"}");
        }
    }

    @Test
    void pollEndsEmptyWhenItsTimeIsOver() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection client = server.http()) {
            assertThat(client.ask("GET " + MESSAGES + "?wait=1", "").text()).contains("\"messages\":[]");
        }
    }

    @Test
    void cursorOfAnotherLogIsAGapAndAllThatIsThere() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection client = server.http()) {
            client.ask("POST " + MESSAGES, "one", TEXT);

            assertThat(client.ask("GET " + MESSAGES + "?wait=60&after=other:7", "")
                            .text())
                    .contains("\"gap\":{", "\"from\":\"other:7\"", "\"reason\":\"epoch\"", "\"text\":\"one\"");
        }
    }

    @Test
    void whoPollsWithACookieIsPresentBetweenPolls() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection client = server.http()) {
            String cookie = client.ask("GET /api/me", "").header("Set-Cookie").replaceAll(";.*", "");

            client.ask("GET " + MESSAGES + "?wait=1", "");
            String strangers = client.ask("GET /api/rooms/lobby/members", "").text();
            client.ask("GET " + MESSAGES + "?wait=1", "", "Cookie: " + cookie);
            String present = client.ask("GET /api/rooms/lobby/members", "").text();

            assertThat(strangers).contains("\"count\":0");
            assertThat(present).contains("\"count\":1");
        }
    }

    @Test
    void pollsThatWaitAreCountedAndThoseWhoHangUpAreNot() throws IOException {
        try (RunningServer server = new RunningServer(root, Map.of("maxConnectionsPerAddress", "1"))) {
            HttpConnection first = server.http();
            first.send("GET " + MESSAGES + "?wait=60", "");
            waitUntilPresent(server);
            var refused = pollBriefly(server);
            first.close();
            var answer = pollBriefly(server);
            while (answer.status() == 429) {
                answer = pollBriefly(server);
            }

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text()).contains("\"code\":\"overloaded\"", "at most 1");
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private static HttpConnection.Answer pollBriefly(RunningServer server) throws IOException {
        try (HttpConnection client = server.http()) {
            return client.ask("GET " + MESSAGES + "?wait=1", "");
        }
    }

    @Test
    void pollsAreAnsweredWhenTheServerStops() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection client = server.http()) {
            client.send("GET " + MESSAGES + "?wait=60", "");
            waitUntilPresent(server);
            new Thread(server::close).start();

            assertThat(client.readAnswer(false).text()).contains("\"messages\":[]");
        }
    }

    private static void waitUntilPresent(RunningServer server) throws IOException {
        String members;
        do {
            try (HttpConnection watcher = server.http()) {
                members = watcher.ask("GET /api/rooms/lobby/members", "").text();
            }
        } while (members.contains("\"count\":0"));
    }

    private static String cursor(HttpConnection.Answer answer) {
        return cursor(answer.text());
    }

    private static String cursor(String listing) {
        return listing.replaceAll("(?s).*\"cursor\":\"([^\"]*)\".*", "$1");
    }
}
