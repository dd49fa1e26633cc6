package dev.parley.time;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that stands still until a test moves it. Thread-safe. {@link #advance} is the timer's one thread: it runs
 * what falls due, one task at a time, on the thread that calls it.
 */
public final class ManualTimer implements Timer {

    private static final System.Logger LOGGER = System.getLogger(ManualTimer.class.getName());

    private final ReentrantLock advancing = new ReentrantLock();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));

    @GuardedBy("lock")
    private Instant now;

    @GuardedBy("lock")
    private long nanos;

    @GuardedBy("lock")
    private long scheduled;

    private record Task(long due, long order, Runnable body) {}

    /** Starts on 20 November 2026, noon. */
    public ManualTimer() {
        this(Instant.parse("2026-11-20T12:00:00Z"));
    }

    /** Starts at {@code start}. */
    public ManualTimer(Instant start) {
        now = start;
    }

    @Override
    public Instant now() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return nanos;
        }
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        synchronized (lock) {
            Task added = new Task(nanos + Math.max(0, delay.toNanos()), scheduled++, task);
            tasks.add(added);
            return () -> cancel(added);
        }
    }

    private void cancel(Task task) {
        synchronized (lock) {
            tasks.remove(task);
        }
    }

    /**
     * Moves both clocks on by {@code step} and runs what falls due on the way, each task at its time, those that they
     * schedule too. {@code Duration.ZERO} runs what is due already.
     */
    public void advance(Duration step) {
        advancing.lock();
        try {
            long end = nanoTime() + step.toNanos();
            for (Optional<Task> due = next(end); due.isPresent(); due = next(end)) {
                run(due.get());
            }
        } finally {
            advancing.unlock();
        }
    }

    private Optional<Task> next(long end) {
        synchronized (lock) {
            Task first = tasks.peek();
            boolean due = first != null && first.due() <= end;
            long to = due ? Math.max(nanos, first.due()) : Math.max(nanos, end);
            now = now.plusNanos(to - nanos);
            nanos = to;
            return due ? Optional.ofNullable(tasks.poll()) : Optional.empty();
        }
    }

    private static void run(Task task) {
        try {
            task.body().run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "A timer task failed", e);
        }
    }

    /** Moves the wall clock alone, forward or back, as an administrator or a time server does. Runs nothing. */
    public void jump(Duration step) {
        synchronized (lock) {
            now = now.plus(step);
        }
    }

    /** How many tasks wait: 0 when whoever scheduled them has cleaned up. */
    public int waiting() {
        synchronized (lock) {
            return tasks.size();
        }
    }
}
