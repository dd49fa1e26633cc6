package dev.parley.http;

import dev.parley.delivery.Connection.Written;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a response without ever waiting: each write is begun when the container is ready, and has ended when it is ready
 * again. One write at a time. Thread-safe.
 *
 * <p>The containers differ: Tomcat calls {@code onWritePossible} once before anything was asked, Grizzly only after
 * {@code isReady} said no. So {@code WAITING} is said before asking, and whoever takes it back goes on, the one who asked or
 * the container's thread; a call that finds nobody waiting does nothing.
 */
final class Outlet implements WriteListener {

    private enum State {
        IDLE,
        /** Somebody writes. */
        BUSY,
        /** Whoever comes first goes on. */
        WAITING,
        ENDED
    }

    private final ServletOutputStream out;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final AtomicReference<@Nullable Written> written = new AtomicReference<>();

    // Confined to who is BUSY.
    private byte[] bytes = {};
    private int steps;

    /** An outlet of a response whose request is asynchronous. */
    Outlet(ServletOutputStream out) {
        this.out = out;
        out.setWriteListener(this);
    }

    /** Begins a write; {@code bytes} must not change any more. */
    void write(byte[] toWrite, Written whenWritten) {
        if (!state.compareAndSet(State.IDLE, State.BUSY)) {
            whenWritten.done(new IOException("the response has ended"));
            return;
        }
        bytes = toWrite;
        steps = 0;
        written.set(whenWritten);
        advance();
    }

    @Override
    public void onWritePossible() {
        if (state.compareAndSet(State.WAITING, State.BUSY)) {
            advance();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
        tell(failure);
    }

    private void advance() {
        try {
            while (state.compareAndSet(State.BUSY, State.WAITING)
                    && out.isReady()
                    && state.compareAndSet(State.WAITING, State.BUSY)) {
                if (steps == 0) {
                    out.write(bytes);
                } else if (steps == 1) {
                    out.flush();
                } else if (state.compareAndSet(State.BUSY, State.IDLE)) {
                    bytes = new byte[0];
                    tell(null);
                    return;
                }
                steps++;
            }
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    private void tell(@Nullable Throwable failure) {
        Written waiting = written.getAndSet(null);
        if (waiting != null) {
            waiting.done(failure);
        }
    }

    /** Nothing is written any more; whether nothing was under way. */
    boolean end() {
        State before = state.getAndSet(State.ENDED);
        return before == State.IDLE || before == State.ENDED;
    }
}
