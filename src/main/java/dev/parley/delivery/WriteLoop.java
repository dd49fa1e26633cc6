package dev.parley.delivery;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

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
        Optional<Frame> frame = Optional.ofNullable(unsent.poll());
        if (frame.isPresent()) {
            return await(written -> connection.write(frame.get(), written));
        }
        return switch (pump.next()) {
            case FRAMES -> true;
            case PING -> await(connection::ping);
            case FAREWELL -> {
                pump.sayFarewell();
                yield false;
            }
            case NOTHING -> false;
        };
    }

    /** Whether the write ended before it returned; if not, whoever ends it goes on with {@link #run}. */
    private boolean await(Consumer<Connection.Written> write) {
        vitals.writeStarts();
        AtomicBoolean pending = new AtomicBoolean(true);
        write.accept(failure -> {
            vitals.writeEnded();
            if (failure != null) {
                pump.close(CloseCode.GOING_AWAY, "the connection broke");
            }
            if (!pending.compareAndSet(true, false)) {
                run();
            }
        });
        return !pending.compareAndSet(true, false);
    }
}
