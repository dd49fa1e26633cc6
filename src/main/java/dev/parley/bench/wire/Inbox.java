package dev.parley.bench.wire;

import java.util.Optional;

/** Where a connection's messages go, whatever brings them. Called on the loop's thread. */
public interface Inbox {

    /** The connection is open; {@code cookie} is what the server wants to see the next time, {@code name=value}. */
    void opened(Optional<String> cookie);

    /**
     * A whole message, good until this returns.
     *
     * @param now when its last byte came, as {@link System#nanoTime}
     */
    void message(byte[] bytes, int from, int to, long now);

    /**
     * The connection is over.
     *
     * @param code a WebSocket close code, an HTTP status, or 0 if none was told
     */
    void ended(int code, String why);
}
