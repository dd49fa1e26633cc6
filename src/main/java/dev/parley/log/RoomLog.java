package dev.parley.log;

import dev.parley.protocol.RoomName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The ordered, durable log of every room. Thread-safe. Every stage completes on a thread of the log's own, so what
 * hangs on it must be short and must not block; what is hung on a stage that is complete already runs at once, on the
 * caller's thread. A stage fails with {@link LogException} when the store does or is closed, and with
 * {@link LogFullException} when too much waits. No method blocks, but {@link #close}.
 *
 * <p>What every store keeps:
 * <ul>
 *   <li>{@code seq} counts 1, 2, 3 … in each room without a hole.
 *   <li>An append completes after its entry is durable: a crash at any later moment loses nothing.
 *   <li>A draft is appended once: for at least 24 hours the same key in the same room by the same author gives the
 *       first entry's {@code seq} again. One who comes back as a new guest, without the cookie of before, is taken for
 *       the same author if room, key and text are the same and so is the name, or neither has chosen one, and the guest was made after the entry. The same author with another text fails with
 *       {@link KeyReusedException}, whatever else fails leaves no trace.
 *   <li>Listeners hear every entry once, each room's in the order of {@code seq}, and not before it is durable. Whether
 *       they hear of it before its append completes or after is the store's affair.
 *   <li>Keys and texts are Unicode texts: any character comes back, half a surrogate pair need not.
 * </ul>
 */
public interface RoomLog extends AutoCloseable {

    /** Appends; fails with {@link KeyReusedException} or {@link LogFullException} where those say. */
    CompletionStage<Appended> append(Draft draft);

    /** What the log of {@code room} holds; an unknown room's is empty. */
    CompletionStage<Extent> extent(RoomName room);

    /** The first {@code limit} entries (1 to 1000) with a larger {@code seq}. Another limit throws at once. */
    CompletionStage<Page> after(RoomName room, long seq, int limit);

    /**
     * The last {@code limit} entries (1 to 1000) with a smaller {@code seq}, oldest first. Another limit throws at
     * once.
     */
    CompletionStage<Page> before(RoomName room, long seq, int limit);

    /** Adds a listener for the entries of every room, this process's and any other's. */
    void listen(Listener listener);

    /** A secret of 32 random bytes that was made with the log and stays the same as long as it; signs guests' cookies. */
    byte[] secret();

    /** Where an acknowledged message is, for the {@code stored} field on the wire: {@code disk}. */
    String stored();

    /** Finishes the appends that were taken, refuses new ones, and lets go of the store. Waits for that. */
    @Override
    void close();

    /** Hears of new entries. */
    @FunctionalInterface
    interface Listener {

        /** Called by the log in order, on its thread. Must not block and must not write to a socket. */
        void appended(List<Entry> entries);
    }
}
