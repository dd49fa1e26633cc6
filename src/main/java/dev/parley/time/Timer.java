package dev.parley.time;

import java.time.Duration;
import java.time.Instant;

/** The clock, and tasks for later. Thread-safe. */
public interface Timer {

    /** The wall clock, for what people and files see. It may jump. */
    Instant now();

    /** A clock that only goes forward, in nanoseconds from an arbitrary origin; for durations. */
    long nanoTime();

    /**
     * Runs {@code task} once, {@code delay} from now, on the timer's one thread. The task must be short and must not
     * block; what it throws is logged and lost.
     */
    Scheduled schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Scheduled {

        /** Keeps the task from running if it has not begun; otherwise does nothing. */
        void cancel();
    }
}
