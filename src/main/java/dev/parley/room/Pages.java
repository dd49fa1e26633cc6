package dev.parley.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a room's log that were read lately, for all who read on behind memory: after a fault of the network those are
 * many, at the same places. However many ask, a page is read and made into text once. Thread-safe; no lock is held across a
 * read.
 */
final class Pages {

    /** Entries of a page, which begins after a multiple of this. */
    static final int ENTRIES = 200;

    /** Beyond about so many characters the eldest go, but for those that are being read. */
    private static final int MAX_CHARS = 2 * 1024 * 1024;

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Timer timer;
    private final LongFunction<CompletionStage<Read>> reader;

    /** By the place that they begin after, the eldest first. */
    @GuardedBy("this")
    private final Map<Long, CompletableFuture<Read>> pages = new LinkedHashMap<>(2);

    @GuardedBy("this")
    private int chars;

    @GuardedBy("this")
    private boolean ends;

    /** {@code reader} reads {@link #ENTRIES} entries after a place, fewer if there are no more. */
    Pages(Timer timer, LongFunction<CompletionStage<Read>> reader) {
        this.timer = timer;
        this.reader = reader;
    }

    /** What follows on {@code seq} in its page. */
    CompletionStage<Read> after(long seq) {
        long from = seq - seq % ENTRIES;
        CompletableFuture<Read> page = new CompletableFuture<>();
        @Nullable CompletableFuture<Read> known;
        synchronized (this) {
            known = pages.putIfAbsent(from, page);
        }
        if (known == null) {
            read(from, page);
        }
        return (known == null ? page : known).thenApply(read -> read.after(seq));
    }

    private void read(long from, CompletableFuture<Read> page) {
        CompletionStage<Read> reading;
        try {
            reading = reader.apply(from);
        } catch (RuntimeException e) {
            reading = CompletableFuture.failedFuture(e);
        }
        reading.whenComplete((read, failure) -> {
            if (failure == null) {
                cameIn(from, read);
                page.complete(read);
            } else {
                drop(from);
                page.completeExceptionally(failure);
            }
        });
    }

    /** A page that is not full yet is read again by who asks next. */
    private synchronized void cameIn(long from, Read read) {
        if (read.last() < from + ENTRIES) {
            drop(from);
            return;
        }
        chars += read.weight();
        Iterator<CompletableFuture<Read>> eldest = pages.values().iterator();
        while (chars > MAX_CHARS && eldest.hasNext()) {
            CompletableFuture<Read> page = eldest.next();
            if (page.isDone()) {
                chars -= page.join().weight();
                eldest.remove();
            }
        }
        if (!ends) {
            ends = true;
            timer.schedule(KEPT, this::forget);
        }
    }

    private synchronized void drop(long from) {
        pages.remove(from);
    }

    private synchronized void forget() {
        ends = false;
        chars = 0;
        pages.values().removeIf(CompletableFuture::isDone);
    }
}
