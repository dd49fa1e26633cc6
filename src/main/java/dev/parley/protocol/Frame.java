package dev.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one frame carries, the same for everybody it goes to. Immutable; thread-safe. */
public final class Frame {

    private final String text;
    private final List<Place> places;
    private volatile byte @Nullable [] utf8;

    /** A frame that carries {@code text}. */
    public Frame(String text) {
        this(text, List.of());
    }

    /** A frame after which its reader stands at {@code places}; for transports that must say so. */
    Frame(String text, List<Place> places) {
        this.text = text;
        this.places = List.copyOf(places);
    }

    /** The frame as text. */
    public String text() {
        return text;
    }

    /** Where its reader stands afterwards, in order, as far as the format tells. */
    public List<Place> places() {
        return places;
    }

    /**
     * The same in UTF-8, made once: a view with a position of its own, for reading only. Not a read-only buffer, since Open
     * Liberty cannot write one.
     */
    public ByteBuffer utf8() {
        return ByteBuffer.wrap(bytes());
    }

    /** The same array each time, for reading only. */
    public byte[] bytes() {
        byte[] bytes = utf8;
        if (bytes == null) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
            utf8 = bytes;
        }
        return bytes;
    }

    /** Where a reader stands in a room. */
    public record Place(RoomName room, Cursor cursor) {

        /** Where who has had {@code message} stands, if it moves anybody. */
        static Optional<Place> after(ServerMessage message) {
            if (message instanceof PostedMessage posted) {
                return Optional.of(new Place(posted.room(), posted.cursor()));
            }
            if (message instanceof ServerMessage.Joined joined) {
                return Optional.of(new Place(joined.room(), joined.cursor()));
            }
            if (message instanceof ServerMessage.Gap gap) {
                return Optional.of(new Place(gap.room(), gap.to()));
            }
            return Optional.empty();
        }

        static List<Place> after(List<? extends ServerMessage> messages) {
            return messages.stream().map(Place::after).flatMap(Optional::stream).toList();
        }
    }
}
