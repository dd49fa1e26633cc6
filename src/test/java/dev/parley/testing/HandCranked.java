package dev.parley.testing;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs what it is given when the test says so, on the test's thread. Thread-safe. */
public final class HandCranked implements Executor {

    private static final long MAX_SECONDS = 20;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs the oldest task. */
    public void step() {
        tasks.remove().run();
    }

    /** Runs all tasks, and those that they bring. */
    public void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Runs tasks, and waits for more, until {@code done}. */
    public void runUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            try {
                Runnable task = tasks.poll(MAX_SECONDS, TimeUnit.SECONDS);
                if (task == null) {
                    throw new AssertionError("nothing to do for " + MAX_SECONDS + " s");
                }
                task.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** How many tasks wait. */
    public int waiting() {
        return tasks.size();
    }
}
