package dev.parley.log.sqlite;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.time.Timer;
import dev.parley.time.Timer.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A task that the timer runs again and again, until it is cancelled. Thread-safe. */
final class Recurring {

    private final Timer timer;
    private final Duration period;
    private final Runnable task;

    @GuardedBy("this")
    private @Nullable Scheduled next;

    @GuardedBy("this")
    private boolean cancelled;

    Recurring(Timer timer, Duration period, Runnable task) {
        this.timer = timer;
        this.period = period;
        this.task = task;
    }

    /** Runs the task on the timer's thread, one period from now for the first time. */
    synchronized void schedule() {
        if (!cancelled) {
            next = timer.schedule(period, this::run);
        }
    }

    private void run() {
        schedule();
        task.run();
    }

    /** Nothing stays with the timer; a run that has begun ends. */
    synchronized void cancel() {
        cancelled = true;
        if (next != null) {
            next.cancel();
        }
    }
}
