package dev.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one frame carries, the same for everybody it goes to. Immutable; thread-safe. */
public final class Frame {

    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final byte FINAL_BINARY = (byte) 0x82;

    private final String text;
    private final List<Place> places;
    private volatile byte @Nullable [] utf8;
    private volatile byte @Nullable [] webSocketText;
    private volatile byte @Nullable [] webSocketBinary;

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

    /**
     * A whole WebSocket message as a server sends it, text or binary, in one unmasked frame (RFC 6455, section 5.2). The
     * same array each time, for reading only.
     */
    public byte[] webSocket(boolean binary) {
        byte[] known = binary ? webSocketBinary : webSocketText;
        if (known == null) {
            known = framed(binary ? FINAL_BINARY : FINAL_TEXT, bytes());
            if (binary) {
                webSocketBinary = known;
            } else {
                webSocketText = known;
            }
        }
        return known;
    }

    private static byte[] framed(byte first, byte[] payload) {
        int length = payload.length;
        ByteBuffer frame = ByteBuffer.allocate(length + (length < 126 ? 2 : length < 65536 ? 4 : 10))
                .put(first);
        if (length < 126) {
            frame.put((byte) length);
        } else if (length < 65536) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        return frame.put(payload).array();
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
