package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Person ADA = new Person("g-1", new PersonName("Ada & <b>"));

    private final MessageReader reader = new MessageReader(XmlSyntax.INSTANCE, Limits.DEFAULT, Optional.empty());

    @Test
    void fieldsAreAttributesOrElements() {
        var expected = new ClientMessage.Send(Optional.empty(), LOBBY, Optional.of("k"), "你好 <b>\n");

        assertThat(reader.read("<send room='lobby' key='k'><text>你好 &lt;b&gt;\n</text></send>"))
                .containsExactly(expected);
        assertThat(reader.read("<?xml version='1.0'?><!-- a --><send><room>lobby</room><key>k</key>"
                        + "<text><![CDATA[你好 <b>\n]]></text></send>"))
                .containsExactly(expected);
    }

    @Test
    void severalMessagesShareAFrame() {
        assertThat(reader.read("<messages><ping/><join room='lobby' after='k:4'/></messages>"))
                .containsExactly(
                        new ClientMessage.Ping(Optional.empty()),
                        new ClientMessage.Join(
                                Optional.empty(), new ClientMessage.Place(LOBBY, Optional.of(new Cursor("k", 4)))));
    }

    @Test
    void helloListsRooms() {
        var hello = (ClientMessage.Hello)
                reader.read("<hello name='Ada'><rooms><room room='a'/><room room='b' after='k:1'/></rooms></hello>")
                        .get(0);

        assertThat(hello.rooms()).extracting(place -> place.room().value()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "<a>",
                "<send/><send/>",
                "<!DOCTYPE a><ping/>",
                "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><ping/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><send room='lobby'><text>&x;</text></send>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><send room='lobby'><text>&x;</text></send>",
                "<send room='lobby'><text>&x;</text></send>",
                "<a><a><a><a><a><a/></a></a></a></a></a>",
            })
    void whatIsNoPlainXmlIsRefused(String frame) {
        assertThat(reader.read(frame))
                .singleElement()
                .isInstanceOfSatisfying(
                        ClientMessage.Unreadable.class,
                        unreadable -> assertThat(unreadable.refusal().code()).isEqualTo(Refusal.Code.BAD_MESSAGE));
    }

    @Test
    @Timeout(5)
    void entitiesDoNotGrow() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a" + i + " '&a" + (i - 1) + ";&a" + (i - 1) + ";'>");
        }
        bomb.append("]><send room='lobby'><text>&a29;</text></send>");

        assertThat(reader.read(bomb.toString()).get(0)).isInstanceOf(ClientMessage.Unreadable.class);
    }

    @Test
    void messageIsAnElementOfItsFields() {
        var message = new PostedMessage(
                LOBBY,
                new Cursor("k", 4),
                "key",
                ADA,
                Instant.parse("2026-11-20T08:15:30.123Z"),
                "a\r\n\u0001<&>\uD83D\uDE00");

        assertThat(XmlFormat.INSTANCE.object(message))
                .isEqualTo(
                        "<message><room>lobby</room><cursor>k:4</cursor><seq>4</seq><key>key</key>"
                                + "<from><id>g-1</id><name>Ada &amp; &lt;b&gt;</name></from>"
                                + "<at>2026-11-20T08:15:30.123Z</at><text>a&#13;\n\uFFFD&lt;&amp;&gt;\uD83D\uDE00</text></message>");
    }

    @Test
    void severalGoIntoOneElement() {
        var pong = new ServerMessage.Pong(Optional.empty());

        assertThat(XmlFormat.INSTANCE.encode(List.of(pong, pong)).get(0).text())
                .isEqualTo("<messages><pong></pong><pong></pong></messages>");
    }

    @Test
    void peopleAreItemsOfTheirArray() {
        assertThat(XmlFormat.INSTANCE.object(new ServerMessage.Members(List.of(ADA), 1, 2)))
                .isEqualTo("<roster><members><person><id>g-1</id><name>Ada &amp; &lt;b&gt;</name></person></members>"
                        + "<count>1</count><version>2</version></roster>");
    }
}
