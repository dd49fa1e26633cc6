package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import dev.parley.testing.HttpConnection;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who polls, as somebody on a WebSocket in the same room is told of them. Leases are as short as settings make them. */
@ExtendWith(ArquillianExtension.class)
class PresenceIT {

    private static final String TEXT = "Content-Type: text/plain";

    @ArquillianResource
    private URL url;

    private final String room = "r-" + UUID.randomUUID();
    private final String messages = "api/rooms/" + room + "/messages";
    private HttpConnection poller;
    private ChatClient watcher;
    private String cookie;
    private String id;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with("heartbeat=1s", "linger=0s");
    }

    @BeforeEach
    void meet() throws IOException {
        URI base = TestWar.base(url);
        poller = new HttpConnection(base, 0);
        HttpConnection.Answer me = poller.ask("GET api/me", "");
        cookie = "Cookie: " + me.header("Set-Cookie").replaceAll(";.*", "");
        id = me.text().replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
        watcher = ChatClient.at(base, "chat/" + room).open();
        watcher.next("joined");
    }

    @AfterEach
    void close() throws IOException {
        watcher.close();
        poller.close();
    }

    /** The next presence that names the poller under {@code what}. */
    private JsonObject told(String what) {
        while (true) {
            JsonObject presence = watcher.next("presence");
            if (names(presence.getJsonArray(what))) {
                return presence;
            }
        }
    }

    private boolean isAboutPoller(JsonObject presence) {
        return names(presence.getJsonArray("joined")) || names(presence.getJsonArray("left"));
    }

    private boolean names(JsonArray people) {
        return people.getValuesAs(JsonObject.class).stream()
                .anyMatch(person -> person.getString("id").equals(id));
    }

    private String members() throws IOException {
        return poller.ask("GET api/rooms/" + room + "/members", "", cookie).text();
    }

    @Test
    void whoStopsLongPollingIsAnnouncedAsLeftWhenTheLeaseIsOver() throws IOException {
        poller.send("GET " + messages + "?wait=5", "", cookie);
        assertThat(told("joined").getInt("count")).isEqualTo(2);
        try (HttpConnection other = new HttpConnection(TestWar.base(url), 0)) {
            String present = other.ask("GET api/rooms/" + room + "/members", "").text();
            assertThat(present).contains("\"id\":\"" + id + "\"", "\"count\":2");
            other.ask("POST " + messages, "an answer to the poll", TEXT);
        }
        assertThat(poller.readAnswer(false).text()).contains("an answer to the poll");

        assertThat(told("left").getInt("count")).isEqualTo(1);
        assertThat(members()).doesNotContain(id);
        assertThat(watcher.messages("presence").stream().filter(this::isAboutPoller))
                .hasSize(2);
    }

    @Test
    void whoPollsIsPresentFromOnePollToTheNextAndLeavesOnce() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(poller.ask("GET " + messages + "?wait=0", "", cookie).status())
                    .isEqualTo(200);
        }
        assertThat(told("joined").getInt("count")).isEqualTo(2);

        assertThat(told("left").getInt("count")).isEqualTo(1);
        assertThat(members()).doesNotContain(id);
        assertThat(watcher.messages("presence").stream().filter(this::isAboutPoller))
                .hasSize(2);
    }
}
