package dev.parley.protocol;

import java.util.List;
import java.util.stream.Stream;

/** Text without any structure, for {@code wscat}, old pages and five-line clients: a frame for each message. */
public enum PlainFormat implements WireFormat {
    /** The text of each message. */
    TEXT,
    /** The text, escaped for a page that inserts HTML. */
    ESCAPED,
    /** {@code log:} and the escaped text; {@code connected:N} when a connection joins or leaves. */
    LOG;

    @Override
    public List<Frame> encode(List<? extends ServerMessage> messages) {
        return messages.stream().flatMap(this::encode).map(Frame::new).toList();
    }

    private Stream<String> encode(ServerMessage message) {
        if (message instanceof PostedMessage posted) {
            return Stream.of(
                    switch (this) {
                        case TEXT -> posted.text();
                        case ESCAPED -> escape(posted.text());
                        case LOG -> "log:" + escape(posted.text());
                    });
        }
        if (message instanceof ServerMessage.Connected connected) {
            return this == LOG ? Stream.of("connected:" + connected.connections()) : Stream.empty();
        }
        if (message instanceof ServerMessage.Refused refused) {
            String line = "error: " + refused.refusal().code().wire() + ": "
                    + refused.refusal().message();
            return Stream.of(this == TEXT ? line : escape(line));
        }
        return Stream.empty();
    }

    /** Escapes what HTML gives a meaning to. */
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
