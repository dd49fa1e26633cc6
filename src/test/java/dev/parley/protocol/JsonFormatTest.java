package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JsonFormatTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Person LILEI = new Person("g-Jx", new PersonName("李雷"));
    private static final Person HAN = new Person("g-Qp", new PersonName("Han"));
    private static final Instant AT = Instant.parse("2026-11-20T08:15:30.123Z");

    private static Optional<RequestId> id(int number) {
        return Optional.of(new RequestId(Json.createValue(number)));
    }

    private static PostedMessage posted(String text) {
        return new PostedMessage(LOBBY, new Cursor("k3f9", 42), "01J9Z3", LILEI, AT, text);
    }

    private static String json(ServerMessage... messages) {
        List<Frame> frames = JsonFormat.INSTANCE.encode(List.of(messages));
        assertThat(frames).hasSize(1);
        return frames.get(0).text();
    }

    @Test
    void welcome() {
        assertThat(json(new ServerMessage.Welcome(id(1), LILEI, "s-1", 25, Limits.DEFAULT)))
                .isEqualTo(
                        "{\"type\":\"welcome\",\"id\":1,\"user\":{\"id\":\"g-Jx\",\"name\":\"李雷\"},\"session\":\"s-1\","
                                + "\"heartbeat\":25,\"limits\":{\"textChars\":4000,\"frameBytes\":65536,\"nameChars\":32,"
                                + "\"roomNameChars\":64,\"rooms\":50,\"messagesPerSecond\":10,\"burst\":30,"
                                + "\"historyMessages\":200}}");
    }

    @Test
    void joined() {
        assertThat(json(new ServerMessage.Joined(id(2), LOBBY, new Cursor("k3f9", 41), List.of(LILEI), 1, 9)))
                .isEqualTo("{\"type\":\"joined\",\"id\":2,\"room\":\"lobby\",\"cursor\":\"k3f9:41\","
                        + "\"members\":[{\"id\":\"g-Jx\",\"name\":\"李雷\"}],\"count\":1,\"version\":9}");
    }

    @Test
    void message() {
        assertThat(json(posted("你好")))
                .isEqualTo("{\"type\":\"message\",\"room\":\"lobby\",\"cursor\":\"k3f9:42\",\"seq\":42,"
                        + "\"key\":\"01J9Z3\",\"from\":{\"id\":\"g-Jx\",\"name\":\"李雷\"},"
                        + "\"at\":\"2026-11-20T08:15:30.123Z\",\"text\":\"你好\"}");
    }

    @Test
    void sent() {
        assertThat(json(new ServerMessage.Sent(id(4), LOBBY, "01J9Z3", 42, "disk", false)))
                .isEqualTo("{\"type\":\"sent\",\"id\":4,\"room\":\"lobby\",\"key\":\"01J9Z3\",\"seq\":42,"
                        + "\"stored\":\"disk\",\"duplicate\":false}");
    }

    @Test
    void history() {
        assertThat(json(new ServerMessage.HistoryPage(id(5), LOBBY, List.of(), false)))
                .isEqualTo("{\"type\":\"history\",\"id\":5,\"room\":\"lobby\",\"messages\":[],\"more\":false}");
        assertThat(json(new ServerMessage.HistoryPage(Optional.empty(), LOBBY, List.of(posted("a")), true)))
                .isEqualTo("{\"type\":\"history\",\"room\":\"lobby\",\"messages\":[" + json(posted("a"))
                        + "],\"more\":true}");
    }

    @Test
    void gap() {
        Cursor from = new Cursor("k3f9", 42);
        Cursor to = new Cursor("k3f9", 97);

        assertThat(json(new ServerMessage.Gap(LOBBY, from, to, ServerMessage.Gap.Reason.TRIMMED)))
                .isEqualTo("{\"type\":\"gap\",\"room\":\"lobby\",\"from\":\"k3f9:42\",\"to\":\"k3f9:97\","
                        + "\"reason\":\"trimmed\"}");
    }

    @Test
    void presence() {
        assertThat(json(new ServerMessage.Presence(LOBBY, 10, List.of(HAN), List.of(), 2)))
                .isEqualTo("{\"type\":\"presence\",\"room\":\"lobby\",\"version\":10,"
                        + "\"joined\":[{\"id\":\"g-Qp\",\"name\":\"Han\"}],\"left\":[],\"count\":2}");
        assertThat(json(new ServerMessage.Roster(LOBBY, 10, List.of(HAN), 1)))
                .isEqualTo("{\"type\":\"presence\",\"room\":\"lobby\",\"version\":10,"
                        + "\"members\":[{\"id\":\"g-Qp\",\"name\":\"Han\"}],\"count\":1}");
    }

    @Test
    void typing() {
        assertThat(json(new ServerMessage.SomebodyTypes(LOBBY, HAN)))
                .isEqualTo("{\"type\":\"typing\",\"room\":\"lobby\",\"from\":{\"id\":\"g-Qp\",\"name\":\"Han\"}}");
    }

    @Test
    void leftPingPongAndBye() {
        assertThat(json(new ServerMessage.Left(id(3), LOBBY)))
                .isEqualTo("{\"type\":\"left\",\"id\":3,\"room\":\"lobby\"}");
        assertThat(json(new ServerMessage.Ping())).isEqualTo("{\"type\":\"ping\"}");
        assertThat(json(new ServerMessage.Pong(id(6)))).isEqualTo("{\"type\":\"pong\",\"id\":6}");
        assertThat(json(new ServerMessage.Bye(CloseCode.GOING_AWAY, 200, 5000)))
                .isEqualTo("{\"type\":\"bye\",\"code\":1001,\"retryAfter\":200,\"spread\":5000}");
    }

    @Test
    void error() {
        assertThat(json(new ServerMessage.Refused(
                        id(4), Refusal.of(Refusal.Code.TOO_LARGE, "text: 4312 characters, at most 4000"))))
                .isEqualTo("{\"type\":\"error\",\"id\":4,\"code\":\"too_large\","
                        + "\"message\":\"text: 4312 characters, at most 4000\",\"retry\":false}");
        assertThat(json(new ServerMessage.Refused(Optional.empty(), Refusal.later(Refusal.Code.RATE, "rate", 70))))
                .isEqualTo("{\"type\":\"error\",\"code\":\"rate\",\"message\":\"rate\",\"retry\":true,"
                        + "\"retryAfter\":70}");
    }

    @Test
    void severalMessagesAreOneArray() {
        assertThat(json(new ServerMessage.Ping(), posted("a"), posted("b")))
                .isEqualTo("[{\"type\":\"ping\"}," + json(posted("a")) + "," + json(posted("b")) + "]");
    }

    @Test
    void countOfConnectionsIsNotOfThisFormat() {
        assertThat(JsonFormat.INSTANCE.encode(List.of(new ServerMessage.Connected(LOBBY, 3))))
                .isEmpty();
    }

    @Test
    void anyTextComesBackFromTheWireAsItWas() {
        String odd = "\"\\/\b\f\n\r\t\u0000\u0001\u001F\u007F\u0085\u2028\u2029\uFEFF\uFFFF 😀 </script> \u202E";
        byte[] utf8 = new byte
                [JsonFormat.INSTANCE.encode(List.of(posted(odd))).get(0).utf8().remaining()];
        JsonFormat.INSTANCE.encode(List.of(posted(odd))).get(0).utf8().get(utf8);

        JsonObject object = Json.createReader(new StringReader(new String(utf8, StandardCharsets.UTF_8)))
                .readObject();
        assertThat(object.getString("text")).isEqualTo(odd);
        assertThat(object.get("seq")).isEqualTo((JsonValue) Json.createValue(42));
    }

    @Test
    void postedMessageIsEncodedOnceForAllWhoReadIt() {
        AtomicInteger encodings = new AtomicInteger();
        PostedMessage message = posted("a");

        for (int reader = 0; reader < 3; reader++) {
            assertThat(message.in(JsonFormat.INSTANCE, m -> "made " + encodings.incrementAndGet()))
                    .isEqualTo("made 1");
        }
        assertThat(json(message)).isEqualTo("made 1");
    }

    @Test
    void frameMakesItsBytesOnceAndGivesEachReaderAPosition() {
        Frame frame = new Frame("你好");

        frame.utf8().get();

        assertThat(frame.utf8().remaining()).isEqualTo(6);
        assertThat(frame.utf8().hasArray()).as("an array to write from").isTrue();
    }
}
