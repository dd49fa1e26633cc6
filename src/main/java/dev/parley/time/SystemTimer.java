package dev.parley.time;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The system's clocks and one daemon thread. Thread-safe. */
public final class SystemTimer implements Timer, AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(SystemTimer.class.getName());

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread started;

    /** Starts the thread {@code parley-timer}. */
    public SystemTimer() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "parley-timer");
            thread.setDaemon(true);
            started = thread;
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException stopped) {
            return () -> {};
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "A timer task failed", e);
        }
    }

    /** Stops the thread; waiting tasks never run, and one that runs has a second to end. Not for the timer's own tasks. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            Thread thread = started;
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            }
            if (!executor.isTerminated()) {
                LOGGER.log(Level.WARNING, "A timer task still runs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
