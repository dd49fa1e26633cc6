package dev.parley.websocket;

import static dev.parley.delivery.Bench.ADA;
import static dev.parley.delivery.Bench.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.Admissions;
import dev.parley.access.ForwardedFor;
import dev.parley.access.Guests;
import dev.parley.access.Origins;
import dev.parley.access.Rates;
import dev.parley.delivery.Bench;
import dev.parley.delivery.Pump;
import dev.parley.delivery.RecordingConnection;
import dev.parley.lab.Lab;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.JsonSyntax;
import dev.parley.protocol.Limits;
import dev.parley.protocol.PlainFormat;
import dev.parley.request.History;
import dev.parley.request.Posting;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageConversationTest {

    private static final Limits LIMITS = new Limits(4000, 64 * 1024, 32, 64, 3, 10, 5, 200, 10_000);

    @TempDir
    Path folder;

    private Bench bench;
    private ChatEdge edge;
    private Pump pump;
    private MessageConversation conversation;
    private final RecordingConnection connection = new RecordingConnection();
    private final List<Boolean> binary = new ArrayList<>();

    @BeforeEach
    void open() {
        bench = new Bench(folder);
        Guests guests = new Guests(bench.log.secret(), 32);
        edge = new ChatEdge(
                new Posting(bench.log, new Rates(LIMITS.messagesPerSecond(), LIMITS.burst(), bench.timer)),
                new History(bench.log),
                bench.delivery,
                guests,
                new Origins(List.of()),
                new Admissions(200, 10_000),
                new ForwardedFor(false),
                LIMITS,
                "",
                Runnable::run,
                new Lab(guests, bench.timer, Runnable::run));
        pump = bench.delivery.pump(connection, JsonFormat.INSTANCE);
        conversation = new MessageConversation(edge, pump, JsonSyntax.INSTANCE, binary::add, ADA, Optional.empty());
        conversation.opened();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void say(String frame) {
        conversation.said(ClientFrame.of(frame.replace('\'', '"')));
    }

    private void hear(String type, int count) {
        bench.executor.runUntil(() -> connection.messages(type).size() >= count);
    }

    private JsonObject last(String type) {
        List<JsonObject> messages = connection.messages(type);
        return messages.get(messages.size() - 1);
    }

    private JsonObject error() {
        hear("error", 1);
        return last("error");
    }

    private static List<Long> seqs(JsonObject history) {
        return history.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .map(m -> m.getJsonNumber("seq").longValue())
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void helloNamesAndJoinsInOrder() {
        say("{'type':'hello','id':1,'name':'李雷','frames':'binary','rooms':[{'room':'lobby'},{'room':'dev'}]}");
        hear("joined", 2);

        assertThat(connection.types().subList(0, 3)).containsExactly("welcome", "joined", "joined");
        assertThat(last("welcome").getJsonObject("user").getString("name")).isEqualTo("李雷");
        assertThat(last("joined").getString("room")).isEqualTo("dev");
        assertThat(last("joined").getJsonArray("members").getJsonObject(0).getString("name"))
                .isEqualTo("李雷");
        assertThat(binary).containsExactly(true);
    }

    @Test
    void whoJoinsAndSendsAtOnceHearsIt() {
        bench.log.holdReads();
        say("[{'type':'join','room':'lobby'},{'type':'send','id':2,'room':'lobby','key':'k1','text':'你好'}]");
        // A send that did not wait would be in the log by the end of this.
        bench.post(1);
        bench.log.releaseReads();
        hear("message", 1);
        hear("sent", 1);

        assertThat(connection.types().get(0)).isEqualTo("joined");
        assertThat(last("message").getString("text")).isEqualTo("你好");
        assertThat(last("sent").getInt("id")).isEqualTo(2);
    }

    @Test
    void plainTextThatIsSentAtOnceComesBack() {
        RecordingConnection plain = new RecordingConnection();
        bench.log.holdReads();
        PlainConversation there = new PlainConversation(
                edge,
                bench.delivery.pump(plain, PlainFormat.TEXT),
                ADA,
                new ClientMessage.Place(LOBBY, Optional.empty()));
        there.opened();
        there.said(ClientFrame.of("hi"));
        bench.post(1);
        bench.log.releaseReads();

        bench.executor.runUntil(() -> plain.texts().contains("hi"));
        assertThat(plain.texts()).containsExactly("hi");
    }

    @Test
    void sameKeyAgainIsADuplicateAndAnotherTextIsRefused() {
        say("{'type':'send','id':1,'room':'lobby','key':'k1','text':'a'}");
        say("{'type':'send','id':2,'room':'lobby','key':'k1','text':'a'}");
        say("{'type':'send','id':3,'room':'lobby','key':'k1','text':'b'}");
        hear("sent", 2);

        assertThat(connection.messages("sent").get(0).getBoolean("duplicate")).isFalse();
        assertThat(last("sent").getBoolean("duplicate")).isTrue();
        assertThat(last("sent").getInt("seq")).isEqualTo(1);
        assertThat(error().getString("code")).isEqualTo("key_reused");
        assertThat(error().getInt("id")).isEqualTo(3);
    }

    @Test
    void whoSendsTooFastIsToldWhenToComeBack() {
        for (int i = 1; i <= 6; i++) {
            say("{'type':'send','id':" + i + ",'room':'lobby','text':'a'}");
        }
        JsonObject error = error();

        assertThat(error.getString("code")).isEqualTo("rate");
        assertThat(error.getInt("id")).isEqualTo(6);
        assertThat(error.getBoolean("retry")).isTrue();
        assertThat(error.getInt("retryAfter")).isEqualTo(100);
        hear("sent", 5);
    }

    @Test
    void fourthRoomOfThreeIsRefusedAndALeaveMakesRoom() {
        say("[{'type':'join','room':'a'},{'type':'join','room':'b'},{'type':'join','room':'c'},"
                + "{'type':'join','room':'c'},{'type':'join','id':4,'room':'d'}]");
        assertThat(error().getString("code")).isEqualTo("too_many_rooms");
        assertThat(error().getString("message")).isEqualTo("3 rooms, at most 3");

        say("[{'type':'leave','room':'a'},{'type':'join','id':5,'room':'d'}]");
        hear("joined", 5);
        assertThat(last("joined").getString("room")).isEqualTo("d");
    }

    @Test
    void joinTypingAndLeaveAreDoneInOrder() {
        bench.log.holdReads();
        say("[{'type':'join','id':1,'room':'lobby'},{'type':'typing','id':2,'room':'lobby'},"
                + "{'type':'leave','id':3,'room':'lobby'},{'type':'typing','id':4,'room':'lobby'},"
                + "{'type':'leave','id':5,'room':'lobby'}]");
        bench.log.releaseReads();
        hear("error", 2);

        assertThat(connection.types()).containsExactly("joined", "left", "error", "error");
        assertThat(connection.messages("error")).extracting(e -> e.getInt("id")).containsExactly(4, 5);
        assertThat(connection.messages("error"))
                .extracting(e -> e.getString("code"))
                .containsOnly("not_joined");
    }

    @Test
    void historyPagesBothWays() {
        bench.post(25);
        say("{'type':'history','id':1,'room':'lobby','limit':10}");
        hear("history", 1);
        assertThat(seqs(last("history"))).isEqualTo(range(16, 25));
        assertThat(last("history").getBoolean("more")).isTrue();

        String first = last("history").getJsonArray("messages").getJsonObject(0).getString("cursor");
        say("{'type':'history','room':'lobby','limit':15,'before':'" + first + "'}");
        hear("history", 2);
        assertThat(seqs(last("history"))).isEqualTo(range(1, 15));
        assertThat(last("history").getBoolean("more")).isFalse();

        say("{'type':'history','room':'lobby','limit':5,'after':'" + first + "'}");
        hear("history", 3);
        assertThat(seqs(last("history"))).isEqualTo(range(17, 21));
        assertThat(last("history").getBoolean("more")).isTrue();

        say("{'type':'history','room':'lobby','before':'zzz:4'}");
        assertThat(error().getString("code")).isEqualTo("bad_cursor");
        say("{'type':'history','room':'empty'}");
        hear("history", 4);
        assertThat(seqs(last("history"))).isEmpty();
    }

    @Test
    void pageOfLongMessagesHasFewerAndSaysThatThereAreMore() {
        String text = "x".repeat(60_000);
        for (int i = 0; i < 20; i++) {
            bench.post(text);
        }
        say("{'type':'history','room':'lobby','limit':20}");
        hear("history", 1);

        assertThat(seqs(last("history"))).isEqualTo(range(12, 20));
        assertThat(last("history").getBoolean("more")).isTrue();
        assertThat(connection.closes()).isEmpty();
    }

    @Test
    void floodOfRequestsThatWaitIsRefused() {
        bench.log.holdReads();
        for (int i = 1; i <= 70; i++) {
            say("{'type':'history','id':" + i + ",'room':'lobby'}");
        }
        hear("error", 6);
        assertThat(connection.messages("error"))
                .extracting(e -> e.getInt("id"))
                .containsExactly(65, 66, 67, 68, 69, 70);
        bench.log.releaseReads();
        hear("history", 64);

        say("{'type':'history','id':71,'room':'lobby'}");
        hear("history", 65);
    }

    @Test
    void pingIsAnsweredAndAFaultIsToldWithItsId() {
        say("[{'type':'ping','id':6},{'type':'dance','id':7}]");

        assertThat(error().getString("code")).isEqualTo("unknown_type");
        assertThat(error().getInt("id")).isEqualTo(7);
        assertThat(connection.types()).containsExactly("pong", "error");
    }

    @Test
    void newNameIsToldWhereverThePersonIs() {
        say("[{'type':'join','room':'lobby'},{'type':'join','room':'dev'}]");
        hear("joined", 2);
        say("{'type':'hello','name':'Countess'}");
        bench.timer.advance(java.time.Duration.ofSeconds(1));
        hear("presence", 2);

        assertThat(connection.messages("presence"))
                .allSatisfy(presence -> assertThat(presence.toString()).contains("Countess"));
    }
}
