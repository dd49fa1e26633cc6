package dev.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What one frame carries, the same for everybody it goes to. Immutable; thread-safe. */
public final class Frame {

    private final String text;
    private volatile byte @Nullable [] utf8;

    /** A frame that carries {@code text}. */
    public Frame(String text) {
        this.text = text;
    }

    /** The frame as text. */
    public String text() {
        return text;
    }

    /**
     * The same in UTF-8, made once: a view with a position of its own, for reading only. Not a read-only buffer, since Open
     * Liberty cannot write one.
     */
    public ByteBuffer utf8() {
        byte[] bytes = utf8;
        if (bytes == null) {
            bytes = text.getBytes(StandardCharsets.UTF_8);
            utf8 = bytes;
        }
        return ByteBuffer.wrap(bytes);
    }
}
