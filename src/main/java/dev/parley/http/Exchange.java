package dev.parley.http;

import dev.parley.delivery.Connection.Written;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request whose answer comes later, on another thread, while none is held. Thread-safe.
 *
 * <p>Grizzly takes a request apart the moment it is completed, even if the servlet that began it has not returned yet, and
 * gives its parts to other requests. So what completes before {@link #returned} is kept until then.
 */
final class Exchange implements AsyncListener {

    private static final System.Logger LOGGER = System.getLogger(Exchange.class.getName());

    /** What comes is whole already: a container's usual buffer is memory for nothing while an answer waits. */
    private static final int HELD_BUFFER_BYTES = 512;

    private enum Phase {
        /** The servlet runs. */
        SERVICE,
        /** It runs, and the request is to be completed when it returns. */
        DUE,
        WAITING,
        COMPLETED
    }

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final Executor blocking;
    private final Line line;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.SERVICE);
    private final AtomicReference<Runnable> gone = new AtomicReference<>(() -> {});
    private final AtomicBoolean held = new AtomicBoolean();
    private final AtomicReference<Outlet> outlet = new AtomicReference<>();

    private Exchange(AsyncContext context, HttpServletResponse response, Line line, Executor blocking) {
        this.context = context;
        this.response = response;
        this.line = line;
        this.blocking = blocking;
    }

    /** Lets the answer to {@code request} come later. */
    static Exchange begin(HttpServletRequest request, HttpServletResponse response, Executor blocking) {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        Exchange exchange = new Exchange(context, response, Line.of(request), blocking);
        context.addListener(exchange);
        return exchange;
    }

    /** The response; its head may be set until something is written. */
    HttpServletResponse response() {
        return response;
    }

    /** From now on it waits: {@code whenGone} is called once if the client hangs up, as far as the container tells. */
    void hold(Runnable whenGone) {
        gone.set(whenGone);
        held.set(true);
        response.setBufferSize(HELD_BUFFER_BYTES);
        line.hold(this::lost);
    }

    private void lost() {
        gone.getAndSet(() -> {}).run();
        complete();
    }

    /** The client asked and is about to be answered, so it is not gone any more. */
    void release() {
        gone.set(() -> {});
        if (held.compareAndSet(true, false)) {
            line.release();
        }
    }

    /** Writes without waiting; see {@link Outlet#write}. */
    void write(byte[] bytes, Written written) {
        try {
            outlet().write(bytes, written);
        } catch (IOException | RuntimeException e) {
            written.done(e);
        }
    }

    private synchronized Outlet outlet() throws IOException {
        Outlet known = outlet.get();
        if (known == null) {
            ServletOutputStream out = response.getOutputStream();
            known = new Outlet(out);
            outlet.set(known);
        }
        return known;
    }

    /** Writes the last bytes, and ends. */
    void finish(byte[] bytes) {
        release();
        if (bytes.length == 0) {
            complete();
        } else {
            write(bytes, failure -> complete());
        }
    }

    /** Ends the answer: in order if nothing is under way, else by cutting the line. */
    void end() {
        gone.set(() -> {});
        Outlet used = outlet.get();
        if (used != null && !used.end()) {
            line.cut();
        }
        release();
        complete();
    }

    private void complete() {
        if (phase.compareAndSet(Phase.SERVICE, Phase.DUE)) {
            return;
        }
        if (phase.compareAndSet(Phase.WAITING, Phase.COMPLETED)) {
            blocking.execute(this::completeNow);
        }
    }

    /** The servlet is about to return. */
    void returned() {
        if (!phase.compareAndSet(Phase.SERVICE, Phase.WAITING) && phase.compareAndSet(Phase.DUE, Phase.COMPLETED)) {
            completeNow();
        }
    }

    private void completeNow() {
        try {
            context.complete();
        } catch (IllegalStateException ended) {
            LOGGER.log(Level.TRACE, "The container ended it first", ended);
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, "A request did not end well", e);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        phase.set(Phase.COMPLETED);
        gone.getAndSet(() -> {}).run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        lost();
    }

    @Override
    public void onError(AsyncEvent event) {
        lost();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Once is enough.
    }
}
