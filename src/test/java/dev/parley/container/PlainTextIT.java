package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code /chat} without a subprotocol. */
@ExtendWith(ArquillianExtension.class)
class PlainTextIT {

    @ArquillianResource
    private URL url;

    private URI base;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with();
    }

    @BeforeEach
    void here() {
        base = TestWar.base(url);
    }

    private ChatClient plain(String path) {
        return ChatClient.at(base, path).plain().open();
    }

    /** A plain client is told nothing when it has joined, so it is heard first. */
    private ChatClient joined(String path) {
        ChatClient client = plain(path);
        client.send("I am here");
        while (!client.nextText().contains("I am here")) {
            continue;
        }
        return client;
    }

    @Test
    void everybodyGetsEveryTextTheSenderToo() {
        try (ChatClient one = joined("chat/broadcast");
                ChatClient two = joined("chat/broadcast")) {
            assertThat(one.nextText()).isEqualTo("I am here");

            one.send("Grüße, 李雷 🎈");
            assertThat(one.nextText()).isEqualTo("Grüße, 李雷 🎈");
            assertThat(two.nextText()).isEqualTo("Grüße, 李雷 🎈");

            two.send("<b>back</b>");
            assertThat(one.nextText()).isEqualTo("<b>back</b>");
            assertThat(two.nextText()).isEqualTo("<b>back</b>");
        }
    }

    @Test
    void withoutARoomItIsTheLobby() {
        try (ChatClient lobby = joined("chat/lobby");
                ChatClient nowhere = joined("chat")) {
            assertThat(lobby.nextText()).isEqualTo("I am here");
            assertThat(nowhere.subprotocol()).isEmpty();
        }
    }

    @Test
    void escapedFormIsSafeToInsertAsHtml() {
        try (ChatClient client = joined("chat/escaped?escape=html")) {
            client.send("<img src=x onerror=\"alert('&')\">");

            assertThat(client.nextText()).isEqualTo("&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;");
        }
    }

    @Test
    void logFormCountsConnectionsAtEachJoinAndLeave() {
        try (ChatClient one = plain("chat/counted?format=log")) {
            assertThat(one.nextText()).isEqualTo("connected:1");
            ChatClient two = plain("chat/counted?format=log");
            assertThat(two.nextText()).isEqualTo("connected:2");
            assertThat(one.nextText()).isEqualTo("connected:2");
            ChatClient three = plain("chat/counted");
            assertThat(one.nextText()).isEqualTo("connected:3");
            assertThat(two.nextText()).isEqualTo("connected:3");

            three.send("a < b");
            assertThat(three.nextText()).isEqualTo("a < b");
            assertThat(one.nextText()).isEqualTo("log:a &lt; b");

            three.close();
            assertThat(one.nextText()).isEqualTo("connected:2");
            two.abort();
            assertThat(one.nextText()).isEqualTo("connected:1");
        }
    }

    @Test
    void jsonClientsSeeWhatPlainOnesSayAndTheOtherWayRound() {
        try (ChatClient json = ChatClient.at(base, "chat/mixed").open()) {
            json.next("joined");
            ChatClient plain = joined("chat/mixed?name=Han");
            assertThat(json.next("message").getJsonObject("from").getString("name"))
                    .isEqualTo("Han");

            json.post("mixed", "hello Han");
            assertThat(plain.nextText()).isEqualTo("hello Han");
            plain.close();
        }
    }

    @Test
    void refusalIsALineToItsSenderAlone() {
        try (ChatClient one = joined("chat/errors");
                ChatClient two = joined("chat/errors")) {
            assertThat(one.nextText()).isEqualTo("I am here");

            two.send("x".repeat(4001));
            assertThat(two.nextText()).isEqualTo("error: too_large: text: 4001 characters, at most 4000");
            two.send("");
            assertThat(two.nextText()).startsWith("error: bad_message: text: empty");
            two.send("goes on");

            assertThat(two.nextText()).isEqualTo("goes on");
            assertThat(one.nextText()).isEqualTo("goes on");
        }
    }

    @Test
    void badRoomIsToldInALineBeforeTheClose() {
        try (ChatClient client = plain("chat/no%20spaces")) {
            assertThat(client.nextText()).startsWith("error: bad_room: ");
            assertThat(client.closing().code()).isEqualTo(4001);
        }
    }

    @Test
    void cursorInTheUrlResumesThere() {
        String cursor;
        try (ChatClient json = ChatClient.at(base, "chat/resumed").open()) {
            cursor = json.next("joined").getString("cursor");
            json.post("resumed", "one");
            json.post("resumed", "two");
        }
        try (ChatClient plain = plain("chat/resumed?after=" + cursor)) {
            assertThat(List.of(plain.nextText(), plain.nextText())).containsExactly("one", "two");
        }
    }
}
