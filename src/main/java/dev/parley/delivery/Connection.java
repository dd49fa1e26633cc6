package dev.parley.delivery;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A client's way out: WebSocket, and whatever else carries frames. The pump has one write under way at a time, and never
 * writes again after a close.
 */
public interface Connection {

    /**
     * Starts one write. Must not throw and should not block; {@code written} is called once, on any thread, maybe before
     * this returns.
     */
    void write(Frame frame, Written written);

    /** Asks the client for a sign of life, if the transport can; as {@link #write} otherwise. */
    void ping(Written written);

    /** Closes, for good, whatever is under way. Returns at once. */
    void close(CloseCode code, String reason);

    /** The end of a write. */
    @FunctionalInterface
    interface Written {

        /** The bytes are the transport's, or {@code failure} says why they are not. */
        void done(@Nullable Throwable failure);
    }
}
