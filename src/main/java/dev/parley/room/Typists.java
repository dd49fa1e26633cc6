package dev.parley.room;

import dev.parley.time.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whose typing has been told a moment ago, and need not be told again. Thread-safe. */
final class Typists {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Timer timer;

    Typists(Timer timer) {
        this.timer = timer;
    }

    /** Whether it is to be told that this person types; if so, not again for a while. */
    boolean begins(String personId) {
        boolean begins = told.add(personId);
        if (begins) {
            timer.schedule(PAUSE, () -> told.remove(personId));
        }
        return begins;
    }
}
