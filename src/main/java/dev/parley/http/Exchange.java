package dev.parley.http;

import dev.parley.delivery.Connection.Written;
import dev.parley.lab.Way;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request whose answer comes later, on another thread, while none is held. Thread-safe.
 *
 * <p>Grizzly takes a request apart the moment it is completed, even if the servlet that began it has not returned yet, and
 * gives its parts to other requests. So what completes before {@link #returned} is kept until then.
 *
 * <p>Tomcat ends a request by itself when a write fails, and who completes it then on another thread breaks a connection that
 * has nothing to do with it. So after a failed write it is completed where the container tells of the error, and if none is
 * told of, after {@link #GRACE}.
 */
final class Exchange implements AsyncListener {

    private static final System.Logger LOGGER = System.getLogger(Exchange.class.getName());

    /** What comes is whole already: a container's usual buffer is memory for nothing while an answer waits. */
    private static final int HELD_BUFFER_BYTES = 512;

    private static final Duration GRACE = Duration.ofSeconds(5);

    private enum Phase {
        /** The servlet runs. */
        SERVICE,
        /** It runs, and the request is to be completed when it returns. */
        DUE,
        WAITING,
        /** It is to be completed by nobody else any more. */
        COMPLETED
    }

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final HttpEdge edge;
    private final Line line;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.SERVICE);
    private final AtomicReference<Runnable> gone = new AtomicReference<>(() -> {});
    private final AtomicBoolean held = new AtomicBoolean();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean completed = new AtomicBoolean();
    private final AtomicReference<Outlet> outlet = new AtomicReference<>();
    private Optional<Passage> passage = Optional.empty();

    private Exchange(AsyncContext context, HttpServletResponse response, Line line, HttpEdge edge) {
        this.context = context;
        this.response = response;
        this.line = line;
        this.edge = edge;
    }

    /** Lets the answer to {@code request} come later. */
    static Exchange begin(HttpServletRequest request, HttpServletResponse response, HttpEdge edge) {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        Exchange exchange = new Exchange(context, response, Line.of(request), edge);
        context.addListener(exchange);
        return exchange;
    }

    /** Takes part in the lab; called before anything is written. */
    void passBy(Way way, HttpServletRequest request) {
        boolean abruptly = !(line instanceof ContainerLine);
        passage = Optional.of(Passage.begin(way, request, response, this::cut, abruptly));
    }

    private void cut() {
        Runnable whenGone = gone.getAndSet(() -> {});
        line.cut();
        whenGone.run();
        endNow();
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
        write(bytes, false, written);
    }

    private void write(byte[] bytes, boolean last, Written written) {
        if (passage.isPresent()) {
            passage.get().write(bytes, last, this::writeNow, written);
        } else if (bytes.length == 0) {
            written.done(null);
        } else {
            writeNow(bytes, written);
        }
    }

    private void writeNow(byte[] bytes, Written written) {
        try {
            outlet().write(bytes, failure -> {
                if (failure != null) {
                    broke();
                }
                written.done(failure);
            });
        } catch (IOException | RuntimeException e) {
            broke();
            written.done(e);
        }
    }

    private void broke() {
        if (broken.compareAndSet(false, true)) {
            edge.timer().schedule(GRACE, () -> {
                phase.set(Phase.COMPLETED);
                edge.blocking().execute(this::completeNow);
            });
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
        write(bytes, true, failure -> complete());
    }

    /** Ends the answer: in order if nothing is under way, else by cutting the line. */
    void end() {
        passage.ifPresentOrElse(through -> through.end(this::endNow), this::endNow);
    }

    private void endNow() {
        gone.set(() -> {});
        Outlet used = outlet.get();
        if (used != null && !used.end()) {
            line.cut();
        }
        release();
        complete();
    }

    private void complete() {
        passage.ifPresent(Passage::closed);
        if (broken.get() || phase.compareAndSet(Phase.SERVICE, Phase.DUE)) {
            return;
        }
        if (phase.compareAndSet(Phase.WAITING, Phase.COMPLETED)) {
            edge.blocking().execute(this::completeNow);
        }
    }

    /** The servlet is about to return. */
    void returned() {
        if (!phase.compareAndSet(Phase.SERVICE, Phase.WAITING)
                && phase.compareAndSet(Phase.DUE, Phase.COMPLETED)
                && !broken.get()) {
            completeNow();
        }
    }

    private void completeNow() {
        if (!completed.compareAndSet(false, true)) {
            return;
        }
        Outlet used = outlet.get();
        if (used != null) {
            used.quiet();
        }
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
        completed.set(true);
        passage.ifPresent(Passage::closed);
        gone.getAndSet(() -> {}).run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        onError(event);
    }

    /** The container has ended it but for this: whoever completes it later is too late. */
    @Override
    public void onError(AsyncEvent event) {
        gone.getAndSet(() -> {}).run();
        completeNow();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Once is enough.
    }
}
