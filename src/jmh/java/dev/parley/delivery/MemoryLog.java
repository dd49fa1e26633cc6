package dev.parley.delivery;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.Entry;
import dev.parley.log.Extent;
import dev.parley.log.Page;
import dev.parley.log.RoomLog;
import dev.parley.protocol.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log of one room that keeps nothing, so that what is measured is what comes after it. Confined to one thread. */
final class MemoryLog implements RoomLog {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");

    private final List<Listener> listeners = new ArrayList<>();
    private long head;

    private Extent extent() {
        return new Extent("e8j75r7p", head, head);
    }

    @Override
    public CompletionStage<Appended> append(Draft draft) {
        List<Entry> entry =
                List.of(new Entry(draft.room(), ++head, NOON, draft.keyAt(head), draft.author(), draft.text()));
        listeners.forEach(listener -> listener.appended(entry));
        return CompletableFuture.completedStage(new Appended(head, false));
    }

    @Override
    public CompletionStage<Extent> extent(RoomName room) {
        return CompletableFuture.completedStage(extent());
    }

    @Override
    public CompletionStage<Page> after(RoomName room, long seq, int limit) {
        return CompletableFuture.completedStage(new Page(List.of(), extent()));
    }

    @Override
    public CompletionStage<Page> before(RoomName room, long seq, int limit) {
        return CompletableFuture.completedStage(new Page(List.of(), extent()));
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public byte[] secret() {
        return new byte[32];
    }

    @Override
    public String stored() {
        return "memory";
    }

    @Override
    public void close() {}
}
