package dev.parley.standalone;

import dev.parley.time.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks after connections that must not do nothing for too long, twice a second. Thread-safe. */
final class Watch {

    private static final Duration PERIOD = Duration.ofMillis(500);

    /** Something with deadlines. */
    interface Watched {

        /** Called now and then on the timer's thread. Must not block. */
        void check(long now);
    }

    private final Timer timer;
    private final Object removals = new Object();
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

    Watch(Timer timer) {
        this.timer = timer;
        turn();
    }

    private void turn() {
        timer.schedule(PERIOD, () -> {
            long now = timer.nanoTime();
            try {
                watched.forEach(one -> one.check(now));
            } finally {
                turn();
            }
        });
    }

    void add(Watched one) {
        watched.add(one);
    }

    void remove(Watched one) {
        if (watched.remove(one)) {
            synchronized (removals) {
                removals.notifyAll();
            }
        }
    }

    /** How many of a kind are looked after. */
    long count(Class<? extends Watched> kind) {
        return watched.stream().filter(kind::isInstance).count();
    }

    /** Does something to all of a kind. */
    <T extends Watched> void each(Class<T> kind, Consumer<T> action) {
        watched.stream().filter(kind::isInstance).map(kind::cast).forEach(action);
    }

    /** Waits until none of a kind is left, or for so long. */
    void awaitNone(Class<? extends Watched> kind, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (removals) {
            long left = atMost.toMillis();
            while (left > 0 && count(kind) > 0) {
                try {
                    removals.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
        }
    }
}
