package dev.parley.lab;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an edge and what carries its bytes, for one request or WebSocket of a run: what is written passes in order,
 * one write at a time, when the trouble of its way lets it. What is held back is done for its writer at once, as if it
 * were in a network's buffers, while {@link #MOST_BYTES} are not exceeded; from there on the writer waits. Thread-safe; holds
 * no lock while it writes or calls back.
 */
public final class Gate {

    static final int MOST_BYTES = 256 * 1024;

    /** A write to what lies behind. */
    public interface Write {

        /** Begins it; {@code done} is called once, on any thread. */
        void begin(Done done);
    }

    /** The end of a write. */
    public interface Done {

        /** It is over; {@code failure} says why it failed. */
        void done(@Nullable Throwable failure);
    }

    private static final class Held {

        private final int bytes;
        private final Write write;
        private final Optional<Done> done;

        /** Empty: not before somebody says so. */
        private Optional<Long> due;

        Held(int bytes, Write write, Optional<Done> done, Optional<Long> due) {
            this.bytes = bytes;
            this.write = write;
            this.done = done;
            this.due = due;
        }
    }

    private final Way way;
    private final Timer timer;
    private final Executor executor;
    private final Runnable cut;
    private final AtomicInteger turns = new AtomicInteger();

    @GuardedBy("this")
    private final Deque<Held> held = new ArrayDeque<>();

    @GuardedBy("this")
    private long heldBytes;

    @GuardedBy("this")
    private boolean writing;

    @GuardedBy("this")
    private boolean wakes;

    @GuardedBy("this")
    private Optional<Throwable> failed = Optional.empty();

    private volatile boolean dead;

    /** {@code executor} writes what was held; {@code cut} ends the connection when it was dead for its time. */
    Gate(Way way, Timer timer, Executor executor, Runnable cut) {
        this.way = way;
        this.timer = timer;
        this.executor = executor;
        this.cut = cut;
    }

    /**
     * Writes when it is time.
     *
     * @param last whether nothing follows: done is then told when all is written, and nothing is held back for more
     */
    public void pass(int bytes, boolean last, Write write, Done done) {
        boolean early;
        Optional<Throwable> failure;
        synchronized (this) {
            failure = failed;
            Trouble trouble = way.trouble();
            boolean holds = trouble.kind() == Trouble.Kind.DELAY || trouble.kind() == Trouble.Kind.BUFFER;
            early = !last && (dead || (holds && heldBytes + bytes <= MOST_BYTES));
            if (failure.isEmpty() && !dead) {
                held.add(new Held(bytes, write, early ? Optional.empty() : Optional.of(done), due(trouble)));
                heldBytes += bytes;
                if (last || (trouble.kind() == Trouble.Kind.BUFFER && heldBytes >= trouble.amount() * 1024L)) {
                    releaseBuffered();
                }
            }
        }
        if (failure.isPresent() || early) {
            done.done(failure.orElse(null));
        }
        drain();
    }

    private Optional<Long> due(Trouble trouble) {
        return switch (trouble.kind()) {
            case BUFFER -> Optional.empty();
            case DELAY -> Optional.of(timer.nanoTime() + TimeUnit.MILLISECONDS.toNanos(trouble.amount()));
            default -> Optional.of(timer.nanoTime());
        };
    }

    @GuardedBy("this")
    private void releaseBuffered() {
        held.forEach(item -> item.due = Optional.of(item.due.orElseGet(timer::nanoTime)));
    }

    /** Lets out what is held, then closes; at once if nothing passes any more. */
    public void end(Runnable close) {
        if (dead) {
            close.run();
            return;
        }
        Write closing = done -> {
            close.run();
            done.done(null);
        };
        pass(0, true, closing, failure -> {
            if (failure != null) {
                close.run();
            }
        });
    }

    /** Whether the connection carries nothing any more: what the client says must be ignored. */
    public boolean isDead() {
        return dead;
    }

    /** The connection is gone, and the request answered or given up. */
    public void closed() {
        way.left(this);
        synchronized (this) {
            held.clear();
            heldBytes = 0;
        }
    }

    /** The way's trouble is another: what is held goes out. */
    void changed() {
        synchronized (this) {
            long now = timer.nanoTime();
            held.forEach(item -> item.due = Optional.of(now));
        }
        drain();
    }

    /** From now on everything is swallowed. */
    void die() {
        Deque<Held> lost;
        synchronized (this) {
            dead = true;
            lost = new ArrayDeque<>(held);
            held.clear();
            heldBytes = 0;
        }
        lost.forEach(item -> item.done.ifPresent(done -> done.done(null)));
    }

    /** Ends the connection. */
    void cut() {
        cut.run();
    }

    private void drain() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Optional<Held> next = take();
            while (next.isPresent()) {
                Held item = next.get();
                item.write.begin(failure -> written(item, failure));
                next = take();
            }
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    private synchronized Optional<Held> take() {
        Held head = held.peek();
        if (writing || head == null || head.due.isEmpty()) {
            return Optional.empty();
        }
        long wait = head.due.get() - timer.nanoTime();
        if (wait > 0) {
            wakeIn(wait);
            return Optional.empty();
        }
        writing = true;
        heldBytes -= head.bytes;
        held.remove();
        return Optional.of(head);
    }

    @GuardedBy("this")
    private void wakeIn(long nanos) {
        if (!wakes) {
            wakes = true;
            timer.schedule(Duration.ofNanos(nanos), () -> {
                synchronized (this) {
                    wakes = false;
                }
                executor.execute(this::drain);
            });
        }
    }

    private void written(Held item, @Nullable Throwable failure) {
        synchronized (this) {
            writing = false;
            if (failure != null) {
                failed = Optional.of(failure);
            }
        }
        item.done.ifPresent(done -> done.done(failure));
        drain();
    }
}
