package dev.parley.protocol;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message in a room, as everybody there gets it: it keeps what it is on the wire, so that it is encoded once for all
 * who read it in the same format. Immutable but for that; thread-safe.
 */
public final class PostedMessage implements ServerMessage {

    private final RoomName room;
    private final Cursor cursor;
    private final String key;
    private final Person from;
    private final Instant at;
    private final String text;
    private volatile @Nullable Encoded encoded;

    /** The entry at {@code cursor}, with the author's {@code key}, name and time of then. */
    public PostedMessage(RoomName room, Cursor cursor, String key, Person from, Instant at, String text) {
        this.room = room;
        this.cursor = cursor;
        this.key = key;
        this.from = from;
        this.at = at;
        this.text = text;
    }

    /** Where it was said. */
    public RoomName room() {
        return room;
    }

    /** Its place; a reader who has had it stands here. */
    public Cursor cursor() {
        return cursor;
    }

    /** Its number in the room. */
    public long seq() {
        return cursor.seq();
    }

    /** The sender's own id for it. */
    public String key() {
        return key;
    }

    /** Who said it. */
    public Person from() {
        return from;
    }

    /** When it was appended. */
    public Instant at() {
        return at;
    }

    /** What was said. */
    public String text() {
        return text;
    }

    @Override
    public int weight() {
        return 250 + text.length();
    }

    /** This message in {@code format}, made by {@code encoder} unless it was the last time, too. */
    String in(WireFormat format, Function<PostedMessage, String> encoder) {
        Encoded known = encoded;
        if (known == null || known.format != format) {
            known = new Encoded(format, encoder.apply(this));
            encoded = known;
        }
        return known.text;
    }

    private record Encoded(WireFormat format, String text) {}
}
