package dev.parley.log.sqlite;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.log.LogException;
import dev.parley.log.LogFullException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the writer: drafts, in the order they came, and the wish for a sweep. Bounded. Thread-safe. */
final class Inbox {

    /** The most drafts that wait. */
    static final int MAX_WAITING = 65_536;

    /** No draft is taken while the waiting ones have this many characters: 32 MiB of memory, whatever a text may be. */
    static final int MAX_WAITING_CHARS = 1 << 24;

    /** The most drafts that go into one commit. */
    static final int MAX_BATCH = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final Queue<Append> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private long waitingChars;

    @GuardedBy("lock")
    private boolean sweepWanted;

    @GuardedBy("lock")
    private boolean closed;

    /** Takes a draft, or throws {@link LogFullException}, or {@link LogException} when closed. Never blocks. */
    void put(Append append) {
        lock.lock();
        try {
            if (closed) {
                throw new LogException("The log is closed.");
            }
            if (waiting.size() >= MAX_WAITING || waitingChars >= MAX_WAITING_CHARS) {
                throw new LogFullException(waiting.size());
            }
            waiting.add(append);
            waitingChars += append.draft().text().length();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the writer for a sweep. */
    void wantSweep() {
        lock.lock();
        try {
            sweepWanted = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more. What waits is still handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to do: drafts, a sweep, or the end. */
    void await() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !sweepWanted && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Moves the oldest drafts to {@code batch}, at most {@link #MAX_BATCH}; does not wait. */
    void drainTo(List<Append> batch) {
        lock.lock();
        try {
            while (batch.size() < MAX_BATCH && !waiting.isEmpty()) {
                Append append = waiting.remove();
                waitingChars -= append.draft().text().length();
                batch.add(append);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a sweep was wanted since this was last asked. */
    boolean takeSweepWish() {
        lock.lock();
        try {
            boolean wanted = sweepWanted;
            sweepWanted = false;
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits and nothing more will. */
    boolean isDone() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
