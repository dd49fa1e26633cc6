package dev.parley.journey;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** How far everybody is; what goes wrong for one of them is told to who waits for all. Thread-safe. */
final class Progress {

    private final Duration patience;

    // Guarded by this.
    private int steps;
    private int underWay;
    private boolean paused;
    private Optional<Throwable> failure = Optional.empty();

    /** Whoever waits fails when so long nobody makes a step. */
    Progress(Duration patience) {
        this.patience = patience;
    }

    /** So many will {@link #run}. */
    synchronized void expect(int travellers) {
        underWay = travellers;
    }

    void run(Runnable task) {
        Optional<Throwable> wrong = Optional.empty();
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            wrong = Optional.of(e);
        }
        ended(wrong);
    }

    private synchronized void ended(Optional<Throwable> wrong) {
        failure = failure.or(() -> wrong);
        underWay--;
        notifyAll();
    }

    synchronized void stepped() {
        steps++;
        notifyAll();
    }

    synchronized void pause() {
        paused = true;
    }

    synchronized void goOn() {
        paused = false;
        notifyAll();
    }

    /** Waits while there is none. */
    synchronized void awaitServer() {
        await(() -> !paused, "a server");
    }

    synchronized void awaitSteps(int enough, Object everybody) {
        await(() -> steps >= enough, everybody);
    }

    synchronized void awaitEnd(Object everybody) {
        await(() -> underWay == 0, everybody);
    }

    private synchronized void await(BooleanSupplier reached, Object what) {
        int before = steps;
        long deadline = System.nanoTime() + patience.toNanos();
        while (failure.isEmpty() && !reached.getAsBoolean()) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (steps > before) {
                before = steps;
                deadline = System.nanoTime() + patience.toNanos();
            } else if (millis <= 0) {
                throw new AssertionError("nothing went on for " + patience + " after " + steps + " steps: " + what);
            } else {
                try {
                    wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", e);
                }
            }
        }
        failure.ifPresent(wrong -> {
            throw new AssertionError("after " + steps + " steps: " + wrong.getMessage() + "; " + what, wrong);
        });
    }
}
