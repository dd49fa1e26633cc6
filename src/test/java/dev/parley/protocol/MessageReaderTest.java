package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final RoomName DEV = new RoomName("dev");

    private final MessageReader reader = new MessageReader(JsonSyntax.INSTANCE, Limits.DEFAULT, Optional.empty());

    private static Optional<RequestId> id(int number) {
        return Optional.of(new RequestId(Json.createValue(number)));
    }

    private ClientMessage one(String frame) {
        List<ClientMessage> messages = reader.read(frame.replace('\'', '"'));
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private Refusal refusal(String frame) {
        assertThat(one(frame)).isInstanceOf(ClientMessage.Unreadable.class);
        return ((ClientMessage.Unreadable) one(frame)).refusal();
    }

    @Test
    void everyTypeIsRead() {
        Optional<Cursor> after = Optional.of(new Cursor("k3", 41));
        assertThat(one("{'type':'hello','id':1,'name':' 李雷 ','rooms':[{'room':'lobby','after':'k3:41'},{'room':'dev'}],"
                        + "'frames':'binary'}"))
                .isEqualTo(new ClientMessage.Hello(
                        id(1),
                        Optional.of(new PersonName("李雷")),
                        List.of(new ClientMessage.Place(LOBBY, after), new ClientMessage.Place(DEV, Optional.empty())),
                        Optional.of(true)));
        assertThat(one("{'type':'join','id':2,'room':'lobby','after':'k3:41'}"))
                .isEqualTo(new ClientMessage.Join(id(2), new ClientMessage.Place(LOBBY, after)));
        assertThat(one("{'type':'leave','id':3,'room':'dev'}")).isEqualTo(new ClientMessage.Leave(id(3), DEV));
        assertThat(one("{'type':'send','id':4,'room':'lobby','key':'01J','text':'你好'}"))
                .isEqualTo(new ClientMessage.Send(id(4), LOBBY, Optional.of("01J"), "你好"));
        assertThat(one("{'type':'history','id':5,'room':'lobby','before':'k3:41','limit':7}"))
                .isEqualTo(new ClientMessage.History(id(5), LOBBY, after, Optional.empty(), 7));
        assertThat(one("{'type':'history','room':'lobby','after':'k3:41'}"))
                .isEqualTo(new ClientMessage.History(Optional.empty(), LOBBY, Optional.empty(), after, 50));
        assertThat(one("{'type':'typing','room':'lobby'}"))
                .isEqualTo(new ClientMessage.Typing(Optional.empty(), LOBBY));
        assertThat(one("{'type':'ping','id':6}")).isEqualTo(new ClientMessage.Ping(id(6)));
        assertThat(one("{'type':'pong'}")).isEqualTo(new ClientMessage.Pong(Optional.empty()));
    }

    @Test
    void emptyHelloIsFine() {
        ClientMessage.Hello empty =
                new ClientMessage.Hello(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        assertThat(one("{'type':'hello'}")).isEqualTo(empty);
        assertThat(one("{'type':'hello','id':null,'name':null,'rooms':null,'frames':null}"))
                .isEqualTo(empty);
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(one("{'type':'ping','id':6,'colour':{'deep':[1,{}]},'Type':'x'}"))
                .isEqualTo(new ClientMessage.Ping(id(6)));
    }

    @Test
    void roomOfTheUrlStandsInForOneThatIsLeftOut() {
        MessageReader inLobby = new MessageReader(JsonSyntax.INSTANCE, Limits.DEFAULT, Optional.of(LOBBY));

        assertThat(inLobby.read("[{\"type\":\"typing\"},{\"type\":\"typing\",\"room\":\"dev\"}]"))
                .containsExactly(
                        new ClientMessage.Typing(Optional.empty(), LOBBY),
                        new ClientMessage.Typing(Optional.empty(), DEV));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'dance'}|UNKNOWN_TYPE|type: 'dance', known: hello, join, leave, send, history, typing, ping, pong",
                "{}|BAD_MESSAGE|type: missing, a string",
                "{'type':7}|BAD_MESSAGE|type: 7, a string",
                "7|BAD_MESSAGE|a message is an object, this is 7",
                "{'type':'hello','name':{}}|BAD_MESSAGE|name: an object, a string",
                "{'type':'hello','name':''}|BAD_NAME|name: nothing to see, at least 1 visible character",
                "{'type':'hello','rooms':{}}|BAD_MESSAGE|rooms: an object, an array of {room, after}",
                "{'type':'hello','rooms':['lobby']}|BAD_MESSAGE|rooms: \"lobby\", an object {room, after}",
                "{'type':'hello','rooms':[{}]}|BAD_MESSAGE|room: missing, a string",
                "{'type':'hello','frames':'gif'}|BAD_MESSAGE|frames: 'gif', \"text\" or \"binary\"",
                "{'type':'join'}|BAD_MESSAGE|room: missing, a string",
                "{'type':'join','room':'a b'}|BAD_ROOM|room: character U+0020, only letters, digits and '-', '_', '.'",
                "{'type':'join','room':'lobby','after':'x'}|BAD_CURSOR|cursor: 'x', not one that this server gave",
                "{'type':'join','room':'lobby','after':41}|BAD_MESSAGE|after: 41, a string",
                "{'type':'send','room':'lobby'}|BAD_MESSAGE|text: missing, a string",
                "{'type':'send','room':'lobby','text':''}|BAD_MESSAGE|text: empty, at least 1 character",
                "{'type':'send','room':'lobby','text':[]}|BAD_MESSAGE|text: an array, a string",
                "{'type':'send','room':'lobby','text':'a','key':''}|BAD_MESSAGE|key: empty, at least 1 character",
                "{'type':'history','room':'lobby','limit':0}|BAD_MESSAGE|limit: 0, a number from 1 to 200",
                "{'type':'history','room':'lobby','limit':201}|BAD_MESSAGE|limit: 201, a number from 1 to 200",
                "{'type':'history','room':'lobby','limit':1.5}|BAD_MESSAGE|limit: 1.5, a number from 1 to 200",
                "{'type':'history','room':'lobby','limit':'9'}|BAD_MESSAGE|limit: \"9\", a number from 1 to 200",
                "{'type':'ping','id':[]}|BAD_MESSAGE|id: an array, a number or string of at most 64 characters",
                "{'type':'ping','id':true}|BAD_MESSAGE|id: true, a number or string of at most 64 characters",
            })
    void wrongFieldIsRefusedWithItsValueAndTheLimit(String frame, Refusal.Code code, String message) {
        String json = frame.replace("'", "\"");
        assertThat(reader.read(json))
                .containsExactly(new ClientMessage.Unreadable(Optional.empty(), Refusal.of(code, message)));
    }

    @Test
    void tooLongTextAndKeyAreRefusedWithTheirLengths() {
        assertThat(refusal("{'type':'send','room':'lobby','text':'" + "😀".repeat(4001) + "'}"))
                .isEqualTo(Refusal.of(Refusal.Code.TOO_LARGE, "text: 4001 characters, at most 4000"));
        assertThat(refusal("{'type':'send','room':'lobby','text':'a','key':'" + "k".repeat(129) + "'}"))
                .isEqualTo(Refusal.of(Refusal.Code.BAD_MESSAGE, "key: 129 characters, at most 128"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "-1", "0.5", "1e300", "\"a\"", "\"\"", "\"\\\"你好\\u0001\"", "123456789012345678901234567890"
            })
    void idComesBackInTheErrorAsItCame(String id) {
        List<ClientMessage> messages = reader.read("{\"type\":\"dance\",\"id\":" + id + "}");

        assertThat(messages).singleElement(type(ClientMessage.Unreadable.class)).satisfies(unreadable -> {
            String error = JsonFormat.INSTANCE
                    .encode(List.of(new ServerMessage.Refused(unreadable.id(), unreadable.refusal())))
                    .get(0)
                    .text();
            assertThat(error.toLowerCase(java.util.Locale.ROOT).replace("e+", "e"))
                    .startsWith("{\"type\":\"error\",\"id\":" + id.toLowerCase(java.util.Locale.ROOT) + ",");
        });
    }

    @Test
    void idMayHaveSixtyFourCharacters() {
        assertThat(one("{'type':'ping','id':'" + "i".repeat(64) + "'}")).isInstanceOf(ClientMessage.Ping.class);
        assertThat(refusal("{'type':'ping','id':'" + "i".repeat(65) + "'}").message())
                .isEqualTo("id: 65 characters, at most 64");
    }

    @Test
    void badElementOfAnArraySpoilsNoOther() {
        assertThat(reader.read(
                        "[{\"type\":\"ping\",\"id\":1},3,{\"type\":\"join\",\"id\":2},{\"type\":\"ping\",\"id\":4}]"))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new ClientMessage.Ping(id(1))),
                        number -> assertThat(number).isInstanceOf(ClientMessage.Unreadable.class),
                        join -> assertThat(join)
                                .isEqualTo(new ClientMessage.Unreadable(
                                        id(2), Refusal.of(Refusal.Code.BAD_MESSAGE, "room: missing, a string"))),
                        last -> assertThat(last).isEqualTo(new ClientMessage.Ping(id(4))));
    }

    @Test
    void emptyArrayIsNothing() {
        assertThat(reader.read("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{",
                "[",
                "{\"type\":\"ping\"",
                "{\"type\":\"ping\"}}",
                "{\"type\":\"ping\"} x",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}",
                "[{\"type\":\"ping\"}],",
                "{type:\"ping\"}",
                "{'type':'ping'}",
                "{\"type\":\"ping\",}",
                "\uFEFF{\"type\":\"ping\"}",
                "NaN",
                "{\"id\":01}",
                "{\"a\":\"\n\"}",
                "\u0000"
            })
    void whatIsNotJsonIsRefused(String frame) {
        assertThat(reader.read(frame))
                .singleElement(type(ClientMessage.Unreadable.class))
                .satisfies(unreadable -> {
                    assertThat(unreadable.refusal().code()).isEqualTo(Refusal.Code.BAD_MESSAGE);
                    assertThat(unreadable.refusal().message())
                            .startsWith("not JSON: '")
                            .hasSizeLessThan(80);
                });
    }

    @Test
    void deepNestingIsHarmless() {
        for (int depth : new int[] {100, 900, 1100, 32_000}) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            assertThat(refusal(deep).code()).isEqualTo(Refusal.Code.BAD_MESSAGE);
            assertThat(reader.read("{\"type\":\"ping\",\"x\":" + deep + "}")).hasSize(1);
            assertThat(reader.read("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e99999999999", "-1E-999999999", "1e-99999999999"})
    void hugeExponentsAreHarmless(String number) {
        assertThat(refusal("{'type':'history','room':'lobby','limit':" + number + "}")
                        .code())
                .isEqualTo(Refusal.Code.BAD_MESSAGE);
        assertThat(reader.read("{\"type\":\"ping\",\"id\":" + number + "}")).hasSize(1);
        assertThat(reader.read("{\"type\":\"ping\",\"x\":" + number + "}")).hasSize(1);
    }

    @Test
    void longNumbersAreHarmless() {
        String number = "9".repeat(60_000);
        assertThat(refusal("{'type':'history','room':'lobby','limit':" + number + "}")
                        .message())
                .hasSizeLessThan(200);
        assertThat(refusal("{'type':'ping','id':" + number + "}").message()).hasSizeLessThan(200);
        assertThat(reader.read(number)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'send','room':'lobby','text':'a\\uD83D'}",
                "{'type':'send','room':'lobby','text':'\\uDE00\\uD83D'}",
                "{'type':'send','room':'lobby','text':'a','key':'\\uD83D'}",
                "{'type':'send','room':'\\uD83D','text':'a'}",
                "{'type':'hello','name':'a\\uD83D'}",
                "{'type':'ping','id':'\\uD83D'}",
                "{'type':'\\uD83D'}",
            })
    void halfASurrogatePairIsRefusedWithAMessageThatCanBeSent(String frame) {
        String message = refusal(frame).message();

        assertThat(message.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
                .isTrue();
    }
}
