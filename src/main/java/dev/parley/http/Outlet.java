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
 *
 * <p>A response must not be taken apart while somebody is inside it: when a write fails, Tomcat ends the request on a thread of
 * its own at once, and what the failing thread leaves in the response later is found by the next request that gets it, a
 * stranger's. So whoever ends it calls {@link #quiet} first.
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

    /** Held while inside the response, and for nothing else: the container's calls there do not wait. */
    private final Object inside = new Object();

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
            while (isMyTurn()) {
                if (steps < 2) {
                    step();
                } else if (state.compareAndSet(State.BUSY, State.IDLE)) {
                    bytes = new byte[0];
                    tell(null);
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    private boolean isMyTurn() {
        synchronized (inside) {
            return state.compareAndSet(State.BUSY, State.WAITING)
                    && out.isReady()
                    && state.compareAndSet(State.WAITING, State.BUSY);
        }
    }

    private void step() throws IOException {
        synchronized (inside) {
            if (state.get() == State.BUSY && steps++ == 0) {
                out.write(bytes);
            } else if (state.get() == State.BUSY) {
                out.flush();
            }
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

    /** Ends, and returns when nobody is inside the response any more. */
    void quiet() {
        end();
        synchronized (inside) {
            // Whoever was has left.
        }
    }
}
