package dev.parley.log;

import dev.parley.protocol.RoomName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A real log whose reads end when the test says so. Thread-safe. */
public final class GatedLog implements RoomLog {

    private final RoomLog log;
    private volatile CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);
    private volatile CompletionStage<?> lastRead = CompletableFuture.completedFuture(true);

    /** Reads of {@code log}, which are not held yet. */
    public GatedLog(RoomLog log) {
        this.log = log;
    }

    /** Reads that begin from now on end after {@link #releaseReads}; what they read is of their own time. */
    public void holdReads() {
        gate = new CompletableFuture<>();
    }

    /** Ends, on this thread, those that have read. */
    public void releaseReads() {
        gate.complete(true);
    }

    /** Waits until those that began have read. */
    public void awaitReads() {
        Stages.await(lastRead);
    }

    private <T> CompletionStage<T> gated(CompletionStage<T> stage) {
        lastRead = CompletableFuture.allOf(lastRead.toCompletableFuture(), stage.toCompletableFuture());
        return stage.thenCombine(gate, (result, open) -> result);
    }

    @Override
    public CompletionStage<Appended> append(Draft draft) {
        return log.append(draft);
    }

    @Override
    public CompletionStage<Extent> extent(RoomName room) {
        return gated(log.extent(room));
    }

    @Override
    public CompletionStage<Page> after(RoomName room, long seq, int limit) {
        return gated(log.after(room, seq, limit));
    }

    @Override
    public CompletionStage<Page> before(RoomName room, long seq, int limit) {
        return gated(log.before(room, seq, limit));
    }

    @Override
    public void listen(Listener listener) {
        log.listen(listener);
    }

    @Override
    public byte[] secret() {
        return log.secret();
    }

    @Override
    public String stored() {
        return log.stored();
    }

    @Override
    public void close() {
        log.close();
    }
}
