package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainFormatTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Person ADA = new Person("g-1", new PersonName("Ada"));
    private static final PostedMessage MARKUP = posted("<b>\"Tom\" & 'Jerry'</b> 你好");

    private static PostedMessage posted(String text) {
        return new PostedMessage(LOBBY, new Cursor("k", 1), "key", ADA, Instant.EPOCH, text);
    }

    private static List<String> lines(PlainFormat format, ServerMessage... messages) {
        return format.encode(List.of(messages)).stream().map(Frame::text).toList();
    }

    @Test
    void textIsTheTextOfEachMessageInItsOwnFrame() {
        assertThat(lines(PlainFormat.TEXT, posted("a"), MARKUP)).containsExactly("a", "<b>\"Tom\" & 'Jerry'</b> 你好");
    }

    @Test
    void escapedTextIsSafeInHtml() {
        assertThat(lines(PlainFormat.ESCAPED, MARKUP))
                .containsExactly("&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt; 你好");
    }

    @Test
    void logPrefixesMessagesAndCountsConnections() {
        assertThat(lines(PlainFormat.LOG, posted("<i>"), new ServerMessage.Connected(LOBBY, 3)))
                .containsExactly("log:&lt;i&gt;", "connected:3");
    }

    @Test
    void onlyTheLogFormatCountsConnections() {
        assertThat(lines(PlainFormat.TEXT, new ServerMessage.Connected(LOBBY, 3)))
                .isEmpty();
        assertThat(lines(PlainFormat.ESCAPED, new ServerMessage.Connected(LOBBY, 3)))
                .isEmpty();
    }

    @Test
    void refusalIsALine() {
        ServerMessage refused =
                new ServerMessage.Refused(Optional.empty(), Refusal.of(Refusal.Code.TOO_LARGE, "text: '<', at most 1"));

        assertThat(lines(PlainFormat.TEXT, refused)).containsExactly("error: too_large: text: '<', at most 1");
        assertThat(lines(PlainFormat.LOG, refused))
                .containsExactly("error: too_large: text: &#39;&lt;&#39;, at most 1");
    }

    @Test
    void everythingElseIsNotSaid() {
        assertThat(lines(
                        PlainFormat.LOG,
                        new ServerMessage.Ping(),
                        new ServerMessage.Left(Optional.empty(), LOBBY),
                        new ServerMessage.Presence(LOBBY, 1, List.of(ADA), List.of(), 1),
                        new ServerMessage.Bye(CloseCode.GOING_AWAY, 1, 1)))
                .isEmpty();
    }
}
