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
    static final int MAX_BATCH = 4_096;

    /** No draft is added to a commit that has this many characters. */
    static final int MAX_BATCH_CHARS = 1 << 22;

    private static final int MAX_YIELDS = 8;

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

    /**
     * Lets others run first, for as long as that brings more, so that it shares a commit. On an idle machine it costs nothing;
     * on one that the rest of the server keeps busy a room's next frame has much more in it.
     */
    void gather() {
        int seen;
        int yields = 0;
        do {
            seen = size();
            Thread.yield();
        } while (size() > seen && ++yields < MAX_YIELDS);
    }

    private int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Moves the oldest drafts to {@code batch}, as many as a commit may have; does not wait. */
    void drainTo(List<Append> batch) {
        lock.lock();
        try {
            int chars = 0;
            while (batch.size() < MAX_BATCH && chars < MAX_BATCH_CHARS && !waiting.isEmpty()) {
                Append append = waiting.remove();
                chars += append.draft().text().length();
                batch.add(append);
            }
            waitingChars -= chars;
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
