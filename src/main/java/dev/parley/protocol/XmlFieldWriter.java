package dev.parley.protocol;

import jakarta.json.JsonString;
import java.util.ArrayDeque;
import java.util.Deque;

/** Fields as XML elements: an object is an element of its type or field, an array one whose children are its items. */
final class XmlFieldWriter implements FieldWriter {

    private final StringBuilder xml;
    private final Deque<String> open = new ArrayDeque<>();

    XmlFieldWriter(StringBuilder xml) {
        this.xml = xml;
    }

    @Override
    public FieldWriter begin(String type) {
        open.push(type);
        xml.append('<').append(type).append('>');
        return this;
    }

    @Override
    public FieldWriter beginUntyped(String type) {
        return begin(type);
    }

    @Override
    public FieldWriter object(String field) {
        return begin(field);
    }

    @Override
    public FieldWriter array(String field) {
        return begin(field);
    }

    @Override
    public FieldWriter item(String name) {
        return begin(name);
    }

    @Override
    public FieldWriter typedItem(String type) {
        return begin(type);
    }

    @Override
    public FieldWriter end() {
        xml.append("</").append(open.pop()).append('>');
        return this;
    }

    @Override
    public FieldWriter write(String field, String value) {
        xml.append('<').append(field).append('>');
        escape(value);
        xml.append("</").append(field).append('>');
        return this;
    }

    @Override
    public FieldWriter write(String field, long value) {
        return write(field, Long.toString(value));
    }

    @Override
    public FieldWriter write(String field, boolean value) {
        return write(field, Boolean.toString(value));
    }

    @Override
    public FieldWriter write(RequestId id) {
        return write(
                "id",
                id.value() instanceof JsonString string
                        ? string.getString()
                        : id.value().toString());
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                // A parser makes it a line feed.
                case '\r' -> xml.append("&#13;");
                default -> xml.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
            }
        });
    }

    /** XML 1.0, section 2.2: most control characters cannot be written at all. */
    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || (c >= 0x10000 && c <= 0x10FFFF);
    }
}
