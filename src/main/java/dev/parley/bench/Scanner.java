package dev.parley.bench;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads the server's messages where they lie: an object, an array of them, or a poll's answer. Those that come in masses are
 * recognised by how they begin, and where their text stands is remembered; what looks different is parsed as JSON, so that
 * this is quick for the server as it is and right for any. One for each room. Confined to one thread.
 */
final class Scanner {

    private static final byte[] POLL = ascii("{\"messages\":[");
    private static final byte[] SENT = ascii("{\"type\":\"sent\",");
    private static final byte[] PRESENCE = ascii("{\"type\":\"presence\",");
    private static final byte[] SEQ = ascii("\"seq\":");
    private static final byte[] TEXT = ascii(",\"text\":\"");
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    private final Payload payload;
    private byte[] prefix = {0};
    private int textAfter;
    private long value;

    /** What is found, in its order. */
    interface Sink {

        /** A message with a payload that is right. */
        void entry(long seq, Payload payload, long now);

        /** A message of somebody else's. */
        void foreign(long seq);

        /** The server has one of ours. */
        void sent(long seq);

        /** Anything else but presence. */
        void told(JsonObject message);

        /** What can be no message of the server's, or is not what was sent. */
        void corrupt();
    }

    Scanner(Payload payload) {
        this.payload = payload;
    }

    /** From now on messages of this room and this log are recognised quickly. */
    void learn(String room, String epoch) {
        prefix = ascii("{\"type\":\"message\",\"room\":\"" + room + "\",\"cursor\":\"" + epoch + ":");
    }

    void scan(byte[] bytes, int from, int to, long now, Sink sink) {
        boolean poll = startsWith(bytes, from, to, POLL);
        int at = poll ? from + POLL.length : from;
        boolean array = poll || (at < to && bytes[at] == '[');
        if (array && !poll) {
            at++;
        }
        while (at < to && bytes[at] == '{') {
            int end = object(bytes, at, to, now, sink);
            if (end < 0) {
                sink.corrupt();
                return;
            }
            at = end;
            if (!array || at >= to || bytes[at] != ',') {
                break;
            }
            at++;
        }
        boolean ended = array ? at < to && bytes[at] == ']' && (poll || at + 1 == to) : at == to && at > from;
        if (!ended) {
            sink.corrupt();
        }
    }

    /** Where the object ends; negative if it does not. */
    private int object(byte[] bytes, int at, int to, long now, Sink sink) {
        if (startsWith(bytes, at, to, prefix)) {
            int end = quick(bytes, at, to, now, sink);
            if (end >= 0) {
                return end;
            }
        }
        int end = end(bytes, at, to);
        if (end < 0 || startsWith(bytes, at, to, PRESENCE)) {
            return end;
        }
        if (startsWith(bytes, at, to, SENT)) {
            int seq = find(bytes, at, end, SEQ);
            sink.sent(seq < 0 ? -1 : digits(bytes, seq + SEQ.length, end) < 0 ? -1 : value);
        } else {
            slow(bytes, at, end, now, sink);
        }
        return end;
    }

    /** Takes a message with a payload, and tells where it ends; negative if it must be looked at more closely. */
    private int quick(byte[] bytes, int at, int to, long now, Sink sink) {
        int afterSeq = digits(bytes, at + prefix.length, to);
        if (afterSeq < 0) {
            return -1;
        }
        long seq = value;
        int text = afterSeq + textAfter;
        if (!startsWith(bytes, text, to, TEXT)) {
            text = find(bytes, afterSeq, to, TEXT);
            if (text < 0) {
                return -1;
            }
            textAfter = text - afterSeq;
        }
        int start = text + TEXT.length;
        int end = start + payload.size();
        if (end + 2 > to || bytes[end] != '"' || bytes[end + 1] != '}' || !payload.read(bytes, start, end)) {
            return -1;
        }
        sink.entry(seq, payload, now);
        return end + 2;
    }

    private void slow(byte[] bytes, int from, int to, long now, Sink sink) {
        JsonObject object;
        try (JsonReader reader =
                JSON.createReader(new ByteArrayInputStream(bytes, from, to - from), StandardCharsets.UTF_8)) {
            object = reader.readObject();
        } catch (JsonException e) {
            sink.corrupt();
            return;
        }
        if (!object.getString("type", "").equals("message")) {
            sink.told(object);
            return;
        }
        byte[] text = object.getString("text", "").getBytes(StandardCharsets.UTF_8);
        long seq = object.getInt("seq", -1);
        if (text.length == payload.size() && payload.read(text, 0, text.length)) {
            sink.entry(seq, payload, now);
        } else if (text.length > 1 && text[0] == '@' && text[1] == '@') {
            sink.corrupt();
        } else {
            sink.foreign(seq);
        }
    }

    /** Puts the digits there into {@link #value} and tells where they end; negative if there are none. */
    private int digits(byte[] bytes, int from, int to) {
        long found = 0;
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            found = 10 * found + bytes[at++] - '0';
        }
        value = found;
        return at == from ? -1 : at;
    }

    /** Where the object that begins there ends: behind its brace. */
    private static int end(byte[] bytes, int from, int to) {
        int depth = 0;
        boolean quoted = false;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (quoted) {
                if (b == '\\') {
                    at++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{') {
                depth++;
            } else if (b == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int at, int to, byte[] wanted) {
        return to - at >= wanted.length && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /** Where it is; negative if nowhere. */
    static int find(byte[] bytes, int from, int to, byte[] wanted) {
        for (int at = from; at + wanted.length <= to; at++) {
            if (bytes[at] == wanted[0] && startsWith(bytes, at, to, wanted)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
