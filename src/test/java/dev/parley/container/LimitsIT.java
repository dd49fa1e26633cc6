package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import dev.parley.testing.RawWebSocket;
import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every limit is answered with the value and the limit, and the connection lives on. */
@ExtendWith(ArquillianExtension.class)
class LimitsIT {

    private static final String EMOJI = "🎈";

    @ArquillianResource
    private URL url;

    private URI base;
    private final List<ChatClient> opened = new ArrayList<>();

    /** Connections have addresses as a proxy would tell them, so that many can come from many. */
    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with("maxConnectionsPerAddress=5", "maxConnections=12", "trustForwarded=true", "maxRooms=50");
    }

    @BeforeEach
    void here() {
        base = TestWar.base(url);
    }

    @AfterEach
    void closeAll() {
        opened.forEach(ChatClient::close);
    }

    private ChatClient from(String address, String path) {
        ChatClient client =
                ChatClient.at(base, path).header("X-Forwarded-For", address).open();
        opened.add(client);
        return client;
    }

    private ChatClient inRoom(String room) {
        ChatClient client = from("192.0.2.1", "chat/" + room);
        client.next("joined");
        return client;
    }

    private static void assertRefused(JsonObject answer, String code, String... parts) {
        assertThat(answer.getString("type")).as(answer.toString()).isEqualTo("error");
        assertThat(answer.getString("code")).isEqualTo(code);
        for (String part : parts) {
            assertThat(answer.getString("message")).contains(part);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "李", EMOJI})
    void textHas4000CharactersWhateverTheyAre(String character) {
        ChatClient client = inRoom("texts");

        assertThat(client.post("texts", character.repeat(4000)).getString("type"))
                .isEqualTo("sent");
        assertRefused(client.post("texts", character.repeat(4001)), "too_large", "4001", "4000");
        assertThat(client.next("message").getString("text")).isEqualTo(character.repeat(4000));
        assertThat(client.post("texts", "goes on").getString("type")).isEqualTo("sent");
    }

    @Test
    void emptyTextIsRefused() {
        assertRefused(inRoom("texts").post("texts", ""), "bad_message", "at least 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "李"})
    void frameOver64KiBIsRefused(String character) throws IOException {
        String message = ChatClient.json(
                        "type",
                        "ping",
                        "filler",
                        character.repeat(22_000 * 3 / character.getBytes(StandardCharsets.UTF_8).length))
                .toString();
        int bytes = message.getBytes(StandardCharsets.UTF_8).length;
        try (RawWebSocket client = raw("chat/frames")) {
            client.readMessage();
            client.sendText(message);

            // Tomcat's buffer is as large as a frame may be, and what does not fit in closes; elsewhere it is answered
            if (isTomcat() && character.equals("x")) {
                assertThat(client.readClose().closeCode()).isEqualTo(1009);
            } else {
                assertThat(until(client, "\"error\""))
                        .contains("too_large", "frame: " + bytes + " bytes, at most 65536");
                client.sendText("{\"type\":\"ping\"}");
                until(client, "\"pong\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void frameOver256KiBCloses(boolean whole) throws IOException {
        byte[] message = "x".repeat(256 * 1024 + 1).getBytes(StandardCharsets.US_ASCII);
        try (RawWebSocket client = raw("chat/frames")) {
            client.readMessage();
            if (whole) {
                client.sendFrame(true, RawWebSocket.TEXT, message);
            } else {
                client.sendFrame(false, RawWebSocket.TEXT, Arrays.copyOf(message, 20_000));
                client.sendFrame(true, RawWebSocket.CONTINUATION, Arrays.copyOfRange(message, 20_000, message.length));
            }

            assertThat(client.readClose().closeCode()).isEqualTo(1009);
        } catch (EOFException | SocketException cut) {
            // Tomcat closes at 64 KiB and reads no more, at which TCP may reset before the close frame is read
            assertThat(isTomcat()).as(cut.toString()).isTrue();
        }
    }

    @Test
    void frameOf64KiBIsTaken() {
        ChatClient client = inRoom("frames");

        client.say("ping", "id", "fits", "filler", "x".repeat(64 * 1024 - 40));

        assertThat(client.answer("fits").getString("type")).isEqualTo("pong");
    }

    private RawWebSocket raw(String path) throws IOException {
        return RawWebSocket.open(
                "localhost",
                base.getPort(),
                base.getPath() + path,
                "X-Forwarded-For: 192.0.2.3",
                "Sec-WebSocket-Protocol: " + ChatClient.SUBPROTOCOL);
    }

    private static String until(RawWebSocket client, String part) throws IOException {
        String text = client.readMessage().text();
        return text.contains(part) ? text : until(client, part);
    }

    private static boolean isTomcat() {
        return "tomcat".equals(System.getProperty("arquillian.launch"));
    }

    @Test
    void nameHas32Characters() {
        ChatClient client = inRoom("names");

        assertThat(client.ask("hello", "name", EMOJI.repeat(32))
                        .getJsonObject("user")
                        .getString("name"))
                .isEqualTo(EMOJI.repeat(32));
        assertRefused(client.ask("hello", "name", "x".repeat(33)), "bad_name", "33", "32");
        for (String bad : List.of("", "   ", "a\nb", "\u202Eevil", "\u200B")) {
            assertRefused(client.ask("hello", "name", bad), "bad_name");
        }
        client.sync();
    }

    @Test
    void roomNameHas64Characters() {
        ChatClient client = from("192.0.2.1", "chat");

        assertThat(client.ask("join", "room", "李".repeat(64)).getString("type")).isEqualTo("joined");
        assertRefused(client.ask("join", "room", "x".repeat(65)), "bad_room", "65", "64");
        for (String bad : List.of("", "a b", "a/b", "..", "<b>", "a\u0000")) {
            assertRefused(client.ask("join", "room", bad), "bad_room");
        }
        client.sync();
    }

    @Test
    void connectionMayBeIn50Rooms() {
        ChatClient client = from("192.0.2.1", "chat");
        IntStream.range(0, 50)
                .forEach(i -> assertThat(client.ask("join", "room", "r" + i).getString("type"))
                        .isEqualTo("joined"));

        assertRefused(client.ask("join", "room", "r50"), "too_many_rooms", "50 rooms, at most 50");

        assertThat(client.ask("join", "room", "r7").getString("type")).isEqualTo("joined");
        assertThat(client.ask("leave", "room", "r7").getString("type")).isEqualTo("left");
        assertThat(client.ask("join", "room", "r50").getString("type")).isEqualTo("joined");
    }

    @Test
    void whoSendsTooFastIsToldWhenToTryAgain() {
        ChatClient client = inRoom("rates");
        List<JsonObject> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            client.say("send", "id", "r" + i, "room", "rates", "key", "k" + i, "text", "t" + i);
        }
        for (int i = 0; i < 60; i++) {
            answers.add(client.answer("r" + i));
        }

        List<JsonObject> refused = answers.stream()
                .filter(a -> a.getString("type").equals("error"))
                .toList();
        assertThat(answers.size() - refused.size()).isBetween(30, 45);
        for (JsonObject refusal : refused) {
            assertRefused(refusal, "rate", "10 messages a second", "burst of 30");
            assertThat(refusal.getBoolean("retry")).isTrue();
            assertThat(refusal.getInt("retryAfter")).isBetween(1, 100);
        }
        client.sync();
    }

    @Test
    void rateIsForThePersonWhateverTheConnection() {
        ChatClient other = inRoom("rates");

        // another guest, not held back by the one before
        assertThat(other.post("rates", "mine").getString("type")).isEqualTo("sent");
    }

    @Test
    void keyHas128Characters() {
        ChatClient client = inRoom("keys");

        assertThat(client.ask("send", "room", "keys", "key", "k".repeat(128), "text", "t")
                        .getString("type"))
                .isEqualTo("sent");
        assertRefused(
                client.ask("send", "room", "keys", "key", "k".repeat(129), "text", "t"), "bad_message", "129", "128");
    }

    @Test
    void historyPageHas200MessagesAtMost() {
        assertRefused(inRoom("pages").ask("history", "room", "pages", "limit", 201), "bad_message", "201", "200");
    }

    @Test
    void connectionsFromOneAddressAreCounted() {
        for (int i = 0; i < 5; i++) {
            from("192.0.2.7", "chat/crowd").next("joined");
        }

        assertThat(from("192.0.2.7", "chat/crowd").closing())
                .isEqualTo(new ChatClient.Closing(4100, "5 connections from your address, at most 5"));

        opened.get(0).close(1000, "");
        ChatClient again = from("192.0.2.7", "chat/crowd");
        again.next("joined");
    }

    @Test
    void connectionsInAllAreCounted() {
        for (int i = 0; i < 12; i++) {
            from("192.0.2." + (100 + i), "chat/full").next("joined");
        }

        assertThat(from("192.0.2.200", "chat/full").closing())
                .isEqualTo(new ChatClient.Closing(4100, "12 connections, at most 12"));
        assertThat(from("192.0.2.201", "echo").closing().code()).isEqualTo(4100);
    }

    @Test
    void protocolVersionThatIsNotSpokenIsToldSo() {
        ChatClient client = ChatClient.at(base, "chat")
                .header("X-Forwarded-For", "192.0.2.9")
                .offering("parley.v9.json")
                .open();

        assertThat(client.closing().code()).isEqualTo(4004);
        assertThat(client.closing().reason()).contains("parley.v9.json", "parley.v1.json");
    }
}
