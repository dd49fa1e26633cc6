package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.CookieManager;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

/** {@code parley.v1.json}, as PROTOCOL.md has it. Each test has a room of its own. */
@ExtendWith(ArquillianExtension.class)
class ChatIT {

    @ArquillianResource
    private URL url;

    private URI base;
    private final List<ChatClient> opened = new ArrayList<>();

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with("rate=0", "linger=1s", "backlog=16");
    }

    @BeforeEach
    void here() {
        base = TestWar.base(url);
    }

    @AfterEach
    void closeAll() {
        opened.forEach(ChatClient::close);
    }

    private ChatClient open(ChatClient.Opening opening) {
        ChatClient client = opening.open();
        opened.add(client);
        return client;
    }

    private ChatClient open(String path) {
        return open(ChatClient.at(base, path));
    }

    private ChatClient open(String path, CookieManager cookies) {
        return open(ChatClient.at(base, path).as(cookies));
    }

    private ChatClient inRoom(String room) {
        ChatClient client = open("chat/" + room);
        client.next("joined");
        return client;
    }

    private static List<String> texts(List<JsonObject> messages) {
        return messages.stream().map(message -> message.getString("text")).toList();
    }

    private static List<String> texts(JsonObject history) {
        return texts(history.getJsonArray("messages").getValuesAs(JsonObject.class));
    }

    private static List<Long> seqs(List<JsonObject> messages) {
        return messages.stream()
                .map(message -> message.getJsonNumber("seq").longValue())
                .toList();
    }

    private static List<String> ids(JsonArray people) {
        return people.getValuesAs(JsonObject.class).stream()
                .map(person -> person.getString("id"))
                .toList();
    }

    private static String post(ChatClient client, String room, int count) {
        String last = "";
        for (int i = 1; i <= count; i++) {
            last = client.post(room, "m" + i).toString();
        }
        return last;
    }

    // Hello, join, leave

    @Test
    void nothingHappensOnChatBeforeTheFirstMessage() {
        ChatClient client = open("chat");
        client.sync();
        assertThat(client.messages()).hasSize(1);

        JsonObject welcome = client.ask(
                "hello",
                "name",
                "李雷",
                "rooms",
                Json.createArrayBuilder(List.of(ChatClient.json("room", "first"), ChatClient.json("room", "second")))
                        .build());

        assertThat(welcome.getString("type")).isEqualTo("welcome");
        assertThat(welcome.getJsonObject("user").getString("name")).isEqualTo("李雷");
        assertThat(welcome.getJsonObject("limits").getInt("textChars")).isEqualTo(4000);
        assertThat(welcome.getInt("heartbeat")).isEqualTo(25);
        assertThat(client.next("joined", 2))
                .extracting(joined -> joined.getString("room"))
                .containsExactly("first", "second");
    }

    @Test
    void roomInTheUrlIsJoinedAtOnceWhateverItsScript() {
        ChatClient client = open("chat/%E4%BC%9A%E8%AE%AE-1?name=Han%20Mei");

        assertThat(client.next("welcome").getJsonObject("user").getString("name"))
                .isEqualTo("Han Mei");
        JsonObject joined = client.next("joined");
        assertThat(joined.getString("room")).isEqualTo("会议-1");
        assertThat(joined.getInt("count")).isEqualTo(1);
        assertThat(ids(joined.getJsonArray("members"))).hasSize(1);
        assertThat(joined.getString("cursor")).endsWith(":0");
    }

    @Test
    void whoLeavesHearsNoMore() {
        ChatClient stays = inRoom("left");
        ChatClient leaves = inRoom("left");

        assertThat(leaves.ask("leave", "room", "left").getString("type")).isEqualTo("left");
        stays.post("left", "gone?");

        stays.next("message");
        leaves.sync();
        assertThat(leaves.messages("message")).isEmpty();
        assertThat(leaves.ask("leave", "room", "left").getString("code")).isEqualTo("not_joined");
        assertThat(leaves.ask("typing", "room", "left").getString("code")).isEqualTo("not_joined");
    }

    // Sending and receiving

    @Test
    void twoPeopleTalk() {
        ChatClient one = open("chat/talk?name=One");
        ChatClient two = open("chat/talk?name=Two");
        one.next("joined");
        two.next("joined");

        JsonObject sent = one.ask("send", "room", "talk", "key", "k1", "text", "Grüße, 李雷 🎈 <b>");
        JsonObject message = two.next("message");

        assertThat(sent.getString("type")).isEqualTo("sent");
        assertThat(sent.getString("key")).isEqualTo("k1");
        assertThat(sent.getInt("seq")).isEqualTo(1);
        assertThat(sent.getString("stored")).isEqualTo("disk");
        assertThat(sent.getBoolean("duplicate")).isFalse();
        assertThat(message.getString("text")).isEqualTo("Grüße, 李雷 🎈 <b>");
        assertThat(message.getString("key")).isEqualTo("k1");
        assertThat(message.getJsonObject("from").getString("name")).isEqualTo("One");
        assertThat(message.getJsonObject("from")).isEqualTo(one.next("welcome").getJsonObject("user"));
        assertThat(message.getString("cursor")).endsWith(":1");
        assertThat(message.getString("at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(one.next("message")).isEqualTo(message);

        two.post("talk", "hello");
        assertThat(one.next("message").getString("text")).isEqualTo("hello");
    }

    @Test
    void sentMessageIsInTheHistoryAlready() {
        ChatClient client = inRoom("durable");
        for (int i = 0; i < 20; i++) {
            client.post("durable", "m" + i);
            assertThat(texts(client.ask("history", "room", "durable", "limit", 1)))
                    .containsExactly("m" + i);
        }
    }

    @Test
    void everybodyGetsEverythingInOneOrder() {
        List<ChatClient> people =
                IntStream.range(0, 10).mapToObj(i -> inRoom("order")).toList();

        people.parallelStream().forEach(person -> {
            for (int i = 0; i < 20; i++) {
                person.say("send", "room", "order", "key", "k" + i, "text", "m" + i);
            }
        });

        List<JsonObject> first = people.get(0).next("message", 200);
        assertThat(seqs(first))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
        for (ChatClient person : people.subList(1, people.size())) {
            assertThat(person.next("message", 200)).isEqualTo(first);
            assertThat(seqs(person.next("sent", 20))).doesNotHaveDuplicates().isSorted();
        }
    }

    @Test
    void arrayInOneFrameIsDoneInOrder() {
        ChatClient client = inRoom("array");

        client.send("[{\"type\":\"send\",\"key\":\"a\",\"text\":\"1\"},{\"type\":\"nonsense\",\"id\":\"n\"},"
                + "{\"type\":\"send\",\"key\":\"b\",\"text\":\"2\"},7,{\"type\":\"ping\",\"id\":\"p\"}]");

        assertThat(texts(client.next("message", 2))).containsExactly("1", "2");
        assertThat(client.answer("n").getString("code")).isEqualTo("unknown_type");
        assertThat(client.answer("p").getString("type")).isEqualTo("pong");
        client.next("error");
        assertThat(client.next("error").getString("code")).isEqualTo("bad_message");
    }

    @Test
    void messageMayComeInFragmentsAndInBinaryFrames() {
        ChatClient client = inRoom("frames");

        client.sendInParts("{\"type\":\"se", "nd\",\"text\":\"李", "雷\"}");
        assertThat(client.next("message").getString("text")).isEqualTo("李雷");

        client.sendBinary("{\"type\":\"send\",\"text\":\"二\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(client.next("message").getString("text")).isEqualTo("二");
    }

    @Test
    void binaryFramesHoldTheSameJson() {
        ChatClient binary = inRoom("binary");
        ChatClient text = inRoom("binary");
        assertThat(binary.ask("hello", "frames", "binary").getString("type")).isEqualTo("welcome");

        text.post("binary", "李雷 🎈");

        assertThat(binary.next("message")).isEqualTo(text.next("message"));
        assertThat(binary.frames().get(binary.frames().size() - 1).binary()).isTrue();
        assertThat(text.frames()).noneMatch(ChatClient.Received::binary);
        assertThat(binary.ask("hello", "frames", "text").getString("type")).isEqualTo("welcome");
        binary.sync();
        assertThat(binary.frames().get(binary.frames().size() - 1).binary()).isFalse();
    }

    @Test
    void typingIsToldToTheOthersOnly() {
        ChatClient one = inRoom("typing");
        ChatClient two = inRoom("typing");

        one.say("typing", "room", "typing");

        assertThat(two.next("typing").getJsonObject("from"))
                .isEqualTo(one.next("welcome").getJsonObject("user"));
        one.sync();
        assertThat(one.messages("typing")).isEmpty();
    }

    // Coming back

    @Test
    void whoResumesGetsEverythingOnceAndInOrder() {
        ChatClient sender = inRoom("resume");
        ChatClient reader = inRoom("resume");
        post(sender, "resume", 5);
        String cursor = reader.next("message", 5).get(2).getString("cursor");
        reader.abort();
        post(sender, "resume", 495);

        ChatClient back = open("chat/resume?after=" + cursor);

        assertThat(back.next("joined").getString("cursor")).isEqualTo(cursor);
        // 16 of them are in memory, the rest is in the log
        assertThat(seqs(back.next("message", 497)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(4, 500).boxed().toList());
        sender.post("resume", "live");
        assertThat(back.next("message").getString("text")).isEqualTo("live");
        assertThat(back.messages("gap")).isEmpty();
    }

    @Test
    void severalRoomsAreResumedInOneHello() {
        ChatClient sender = open("chat");
        String first = sender.ask("join", "room", "rooms-1").getString("cursor");
        String second = sender.ask("join", "room", "rooms-2").getString("cursor");
        post(sender, "rooms-1", 3);
        post(sender, "rooms-2", 40);

        ChatClient back = open("chat");
        back.ask(
                "hello",
                "rooms",
                Json.createArrayBuilder(List.of(
                                ChatClient.json("room", "rooms-1", "after", first),
                                ChatClient.json("room", "rooms-2", "after", second)))
                        .build());

        List<JsonObject> messages = back.next("message", 43);
        for (int i = 1; i <= 2; i++) {
            String room = "rooms-" + i;
            assertThat(seqs(messages.stream()
                            .filter(m -> m.getString("room").equals(room))
                            .toList()))
                    .isSorted()
                    .hasSize(i == 1 ? 3 : 40);
        }
    }

    @Test
    void cursorOfAnotherLogIsAnsweredWithAGapAndAllThereIs() {
        ChatClient sender = inRoom("epoch");
        post(sender, "epoch", 3);

        ChatClient stranger = open("chat/epoch?after=zzz9:7");

        JsonObject gap = stranger.next("gap");
        assertThat(gap.getString("reason")).isEqualTo("epoch");
        assertThat(gap.getString("to")).endsWith(":0");
        assertThat(texts(stranger.next("message", 3))).containsExactly("m1", "m2", "m3");
        assertThat(stranger.ask("history", "room", "epoch", "after", "zzz9:1").getString("code"))
                .isEqualTo("bad_cursor");
        assertThat(stranger.ask("join", "room", "epoch", "after", "nonsense").getString("code"))
                .isEqualTo("bad_cursor");
    }

    @Test
    void sendingAgainWithTheSameKeyDoublesNothing() {
        CookieManager cookies = new CookieManager();
        ChatClient first = open("chat/again?name=Same", cookies);
        first.next("joined");
        JsonObject sent = first.ask("send", "room", "again", "key", "k", "text", "once");
        JsonObject same = first.ask("send", "room", "again", "key", "k", "text", "once");
        first.abort();

        ChatClient back = open("chat/again", cookies);
        JsonObject withCookie = back.ask("send", "room", "again", "key", "k", "text", "once");
        ChatClient stranger = open("chat/again?name=Same");
        JsonObject withoutCookie = stranger.ask("send", "room", "again", "key", "k", "text", "once");

        assertThat(sent.getBoolean("duplicate")).isFalse();
        for (JsonObject answer : List.of(same, withCookie, withoutCookie)) {
            assertThat(answer.getString("type")).as(answer.toString()).isEqualTo("sent");
            assertThat(answer.getInt("seq")).isEqualTo(sent.getInt("seq"));
            assertThat(answer.getBoolean("duplicate")).isTrue();
        }
        assertThat(texts(back.ask("history", "room", "again"))).containsExactly("once");
    }

    @Test
    void sameKeyOfSomebodyElseIsAnotherMessage() {
        ChatClient one = open("chat/keys?name=One");
        ChatClient two = open("chat/keys?name=Two");

        assertThat(one.ask("send", "room", "keys", "key", "k", "text", "t").getInt("seq"))
                .isEqualTo(1);
        assertThat(two.ask("send", "room", "keys", "key", "k", "text", "t").getInt("seq"))
                .isEqualTo(2);
    }

    @Test
    void keyForAnotherTextIsRefused() {
        ChatClient client = inRoom("reused");
        client.ask("send", "room", "reused", "key", "k", "text", "one");

        JsonObject refused = client.ask("send", "room", "reused", "key", "k", "text", "two");

        assertThat(refused.getString("type")).isEqualTo("error");
        assertThat(refused.getString("code")).isEqualTo("key_reused");
        assertThat(refused.getBoolean("retry")).isFalse();
        assertThat(texts(client.ask("history", "room", "reused"))).containsExactly("one");
    }

    @Test
    void cookieMakesTheSamePersonEverywhere() {
        CookieManager cookies = new CookieManager();
        JsonObject first = open("chat/cookie", cookies).next("welcome").getJsonObject("user");

        assertThat(open("chat/cookie", cookies).next("welcome").getJsonObject("user"))
                .isEqualTo(first);
        assertThat(open("chat/cookie").next("welcome").getJsonObject("user").getString("id"))
                .isNotEqualTo(first.getString("id"));
    }

    // History

    @Test
    void historyIsPagedBothWays() {
        ChatClient client = inRoom("history");
        post(client, "history", 25);

        JsonObject newest = client.ask("history", "room", "history", "limit", 10);
        List<JsonObject> messages = newest.getJsonArray("messages").getValuesAs(JsonObject.class);
        assertThat(seqs(messages)).first().isEqualTo(16L);
        assertThat(seqs(messages)).last().isEqualTo(25L);
        assertThat(newest.getBoolean("more")).isTrue();

        JsonObject older = client.ask(
                "history",
                "room",
                "history",
                "limit",
                10,
                "before",
                messages.get(0).getString("cursor"));
        assertThat(texts(older)).hasSize(10).startsWith("m6").endsWith("m15");
        assertThat(older.getBoolean("more")).isTrue();

        String sixth = older.getJsonArray("messages").getJsonObject(0).getString("cursor");
        JsonObject oldest = client.ask("history", "room", "history", "limit", 10, "before", sixth);
        assertThat(texts(oldest)).containsExactly("m1", "m2", "m3", "m4", "m5");
        assertThat(oldest.getBoolean("more")).isFalse();

        JsonObject forward = client.ask("history", "room", "history", "limit", 10, "after", sixth);
        assertThat(texts(forward)).hasSize(10).startsWith("m7").endsWith("m16");
        assertThat(forward.getBoolean("more")).isTrue();
        String last = messages.get(9).getString("cursor");
        JsonObject none = client.ask("history", "room", "history", "after", last);
        assertThat(texts(none)).isEmpty();
        assertThat(none.getBoolean("more")).isFalse();
    }

    @Test
    void historyOfARoomThatNobodyKnowsIsEmpty() {
        JsonObject history = open("chat").ask("history", "room", "unknown");

        assertThat(history.getJsonArray("messages")).isEmpty();
        assertThat(history.getBoolean("more")).isFalse();
    }

    // Presence

    @Test
    void joinsLeavesAndNamesAreTold() {
        ChatClient stays = inRoom("presence");
        ChatClient comes = open("chat/presence?name=Han");
        String han = comes.next("welcome").getJsonObject("user").getString("id");

        JsonObject joined = presenceOf(stays, han, "joined");
        assertThat(joined.getInt("count")).isEqualTo(2);
        assertThat(ids(comes.next("joined").getJsonArray("members")))
                .contains(han)
                .hasSize(2);

        comes.ask("hello", "name", "Mei");
        JsonObject renamed = presenceOf(stays, han, "joined");
        assertThat(renamed.getJsonArray("joined").getJsonObject(0).getString("name"))
                .isEqualTo("Mei");
        assertThat(renamed.getInt("count")).isEqualTo(2);

        comes.ask("leave", "room", "presence");
        JsonObject left = presenceOf(stays, han, "left");
        assertThat(left.getInt("count")).isEqualTo(1);
        assertThat(left.getInt("version")).isGreaterThan(renamed.getInt("version"));
    }

    /** The next presence that names {@code person} under {@code what}. */
    private static JsonObject presenceOf(ChatClient client, String person, String what) {
        while (true) {
            JsonObject presence = client.next("presence");
            if (ids(presence.getJsonArray(what)).contains(person)) {
                return presence;
            }
        }
    }

    private static boolean names(JsonObject presence, String person) {
        return ids(presence.getJsonArray("joined")).contains(person)
                || ids(presence.getJsonArray("left")).contains(person);
    }

    @Test
    void personWithTwoTabsIsThereOnce() {
        CookieManager cookies = new CookieManager();
        ChatClient watches = inRoom("tabs");
        ChatClient tab = open("chat/tabs", cookies);
        String person = tab.next("welcome").getJsonObject("user").getString("id");
        presenceOf(watches, person, "joined");

        ChatClient second = open("chat/tabs", cookies);
        JsonObject joined = second.next("joined");
        assertThat(joined.getInt("count")).isEqualTo(2);
        assertThat(ids(joined.getJsonArray("members"))).containsOnlyOnce(person);
        tab.ask("leave", "room", "tabs");
        second.ask("leave", "room", "tabs");

        assertThat(presenceOf(watches, person, "left").getInt("count")).isEqualTo(1);
        assertThat(watches.messages("presence").stream().filter(p -> names(p, person)))
                .as("came once, went once")
                .hasSize(2);
    }

    @Test
    void whoComesBackWithinTheLingerWasNeverAway() {
        CookieManager cookies = new CookieManager();
        ChatClient watches = inRoom("linger");
        ChatClient before = open("chat/linger", cookies);
        String person = before.next("welcome").getJsonObject("user").getString("id");
        presenceOf(watches, person, "joined");

        before.close(1000, "");
        ChatClient after = open("chat/linger", cookies);
        after.next("joined");
        // Another who goes for good after it: what is told of him comes after what would be told of her
        ChatClient other = inRoom("linger");
        String someone = other.next("welcome").getJsonObject("user").getString("id");
        other.close(1000, "");
        presenceOf(watches, someone, "left");

        assertThat(watches.messages("presence").stream().filter(p -> names(p, person)))
                .hasSize(1);
        after.close(1000, "");
        presenceOf(watches, person, "left");
    }

    // What decent clients never send

    @Test
    void unknownTypeIsAnsweredAndTheConnectionLives() {
        ChatClient client = inRoom("unknown");

        JsonObject refused = client.ask("dance", "room", "unknown");

        assertThat(refused.getString("type")).isEqualTo("error");
        assertThat(refused.getString("code")).isEqualTo("unknown_type");
        assertThat(refused.getString("message")).contains("dance");
        assertThat(client.post("unknown", "goes on").getString("type")).isEqualTo("sent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{",
                "}",
                "[",
                "{\"type\":\"ping\"",
                "null",
                "true",
                "7",
                "\"ping\"",
                "{}",
                "[7]",
                "[[]]",
                "[null]",
                "{\"type\":7}",
                "{\"type\":null}",
                "{\"type\":{}}",
                "{\"type\":\"\"}",
                "{\"type\":\"send\"}",
                "{\"type\":\"send\",\"text\":7}",
                "{\"type\":\"send\",\"text\":\"a\",\"room\":[]}",
                "{\"type\":\"send\",\"text\":\"a\",\"key\":\"\"}",
                "{\"type\":\"send\",\"text\":\"\\ud800\"}",
                "{\"type\":\"send\",\"text\":\"a\",\"room\":\"../x\"}",
                "{\"type\":\"ping\",\"id\":{}}",
                "{\"type\":\"ping\",\"id\":true}",
                "{\"type\":\"join\",\"room\":\"\"}",
                "{\"type\":\"join\",\"room\":\"x\",\"after\":\"\"}",
                "{\"type\":\"join\",\"room\":\"x\",\"after\":\"a:-1\"}",
                "{\"type\":\"join\",\"room\":\"x\",\"after\":\"a:99999999999999999999\"}",
                "{\"type\":\"history\",\"limit\":0}",
                "{\"type\":\"history\",\"limit\":1.5}",
                "{\"type\":\"history\",\"limit\":1e99}",
                "{\"type\":\"history\",\"limit\":\"5\"}",
                "{\"type\":\"hello\",\"rooms\":{}}",
                "{\"type\":\"hello\",\"rooms\":[7]}",
                "{\"type\":\"hello\",\"frames\":\"carrier pigeon\"}",
                "{\"type\":\"ping\"} {\"type\":\"ping\"}",
                "{\"type\":\"ping\",}",
                "{'type':'ping'}",
                "\u0000",
                "\uFEFF{\"type\":\"ping\"}"
            })
    void rubbishIsAnsweredAndTheConnectionLives(String rubbish) {
        ChatClient client = inRoom("rubbish");

        client.send(rubbish);

        assertThat(client.next("error").getString("code"))
                .isIn("bad_message", "unknown_type", "bad_room", "bad_cursor");
        client.sync();
        assertThat(client.messages("error")).hasSize(1);
    }

    @Test
    void deepNestingIsAnsweredAndTheConnectionLives() {
        ChatClient client = inRoom("deep");

        client.send("[".repeat(30_000));
        client.next("error");
        client.send("{\"type\":\"ping\",\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");

        client.sync();
        assertThat(client.post("deep", "goes on").getString("type")).isEqualTo("sent");
    }

    @Test
    void binaryRubbishIsAnsweredAndTheConnectionLives() {
        ChatClient client = inRoom("binary-rubbish");

        client.sendBinary(new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertThat(client.next("error").getString("code")).isEqualTo("bad_message");
        client.sendBinary(new byte[0]);
        assertThat(client.next("error").getString("code")).isEqualTo("bad_message");

        client.sync();
    }

    @Test
    void unknownFieldsAreIgnored() {
        ChatClient client = inRoom("fields");

        assertThat(client.ask(
                                "send",
                                "room",
                                "fields",
                                "text",
                                "t",
                                "colour",
                                "red",
                                "more",
                                JsonValue.EMPTY_JSON_ARRAY)
                        .getString("type"))
                .isEqualTo("sent");
    }

    @Test
    void numbersAreGoodIdsToo() {
        ChatClient client = inRoom("ids");

        client.send("{\"type\":\"ping\",\"id\":9007199254740993}");

        assertThat(client.next("pong").getJsonNumber("id").longValueExact()).isEqualTo(9007199254740993L);
    }
}
