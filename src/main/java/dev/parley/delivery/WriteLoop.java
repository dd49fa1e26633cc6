package dev.parley.delivery;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes until there is nothing more, or a write takes its time; then whoever ends that write goes on. A loop, so that
 * writes that end at once do not pile up on the stack. Confined to who holds the pump's right to write.
 */
final class WriteLoop {

    private static final System.Logger LOGGER = System.getLogger(WriteLoop.class.getName());

    private final Pump pump;
    private final Connection connection;
    private final Vitals vitals;

    /** Frames made and not yet written. */
    private final Deque<Frame> unsent = new ArrayDeque<>(1);

    /** What is to be done next. */
    enum Next {
        /** Frames were made, or will be. */
        FRAMES,
        PING,
        FAREWELL,
        /** Nothing; the right to write was given back. */
        NOTHING
    }

    WriteLoop(Pump pump, Connection connection, Vitals vitals) {
        this.pump = pump;
        this.connection = connection;
        this.vitals = vitals;
    }

    /** Frames that come before everything that is gathered from now on. */
    void add(Collection<Frame> frames) {
        unsent.addAll(frames);
    }

    void run() {
        try {
            boolean goOn = true;
            while (goOn) {
                goOn = step();
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.log(Level.ERROR, "A connection is closed, for it cannot be written to", e);
            pump.close(CloseCode.SERVER_FAULT, "the server failed");
        }
    }

    /** Whether there may be more to do now. */
    private boolean step() {
        if (pump.isClosed()) {
            unsent.clear();
        }
        Frame frame = unsent.poll();
        Next next = frame == null ? pump.next() : Next.FRAMES;
        if (frame != null || next == Next.PING) {
            return write(frame);
        }
        if (next == Next.FAREWELL) {
            pump.sayFarewell();
        }
        return next == Next.FRAMES;
    }

    /**
     * Writes {@code frame}, or a ping. One place for both, or the JIT compiler makes everything below it twice.
     *
     * @return whether the write ended before this returns; if not, whoever ends it goes on with {@link #run}
     */
    private boolean write(@Nullable Frame frame) {
        vitals.writeStarts();
        AtomicBoolean pending = new AtomicBoolean(true);
        Connection.Written written = failure -> {
            vitals.writeEnded();
            if (failure != null) {
                pump.close(CloseCode.GOING_AWAY, "the connection broke");
            }
            if (!pending.compareAndSet(true, false)) {
                run();
            }
        };
        if (frame == null) {
            connection.ping(written);
        } else {
            connection.write(frame, written);
        }
        return !pending.compareAndSet(true, false);
    }
}
