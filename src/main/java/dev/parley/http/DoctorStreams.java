package dev.parley.http;

import dev.parley.access.Admissions;
import dev.parley.time.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code stream?count=8&every=250}: an event stream of so many pieces, each with the milliseconds since the first one, by the
 * server's clock; between two pieces nothing is sent for {@code every} milliseconds. With {@code accel=no} it carries what
 * all of Parley's streams carry, {@code X-Accel-Buffering: no}. No thread waits between two pieces. Thread-safe.
 *
 * <p>A stream lasts {@value #MAX_MILLIS} ms at most; it counts as a connection, and of these streams there are so many for
 * each address and in all.
 */
final class DoctorStreams {

    /** The longest that a stream may last. */
    static final int MAX_MILLIS = 130_000;

    static final int FOR_EACH_ADDRESS = 16;
    private static final int IN_ALL = 128;
    private static final int MAX_PIECES = 20;

    private final HttpEdge edge;
    private final Timer timer;
    private final Admissions places = new Admissions(FOR_EACH_ADDRESS, IN_ALL);

    DoctorStreams(HttpEdge edge, Timer timer) {
        this.edge = edge;
        this.timer = timer;
    }

    /** Answers as {@link ApiServlet#serve}. */
    void serve(Call call) {
        int count = call.number("count", 2, MAX_PIECES).orElse(8);
        int every = call.number("every", 10, MAX_MILLIS).orElse(250);
        if ((count - 1) * every > MAX_MILLIS) {
            throw MessagesResource.bad(
                    "every: " + count + " pieces take " + (count - 1) * every + " ms, at most " + MAX_MILLIS);
        }
        call.requireAccepted(EventsResource.TYPE);
        if (call.target().parameter("accel").filter("no"::equals).isPresent()) {
            call.response.setHeader("X-Accel-Buffering", "no");
        }
        call.response.setContentType(EventsResource.TYPE);
        if (call.isHead()) {
            return;
        }
        String address = call.address();
        Optional<Admissions.Full> full = enter(address);
        if (full.isPresent()) {
            call.fail(Problems.of(full.get()));
            return;
        }
        new Stream(call.exchange(), count, Duration.ofMillis(every), () -> leave(address)).begin();
    }

    private Optional<Admissions.Full> enter(String address) {
        Optional<Admissions.Full> full = places.enter(address);
        if (full.isEmpty()) {
            full = edge.admissions().enter(address);
            full.ifPresent(none -> places.leave(address));
        }
        return full;
    }

    private void leave(String address) {
        places.leave(address);
        edge.admissions().leave(address);
    }

    /** One answer; its pieces are written one after the other. */
    private final class Stream {

        private final Exchange exchange;
        private final int count;
        private final Duration every;
        private final Runnable leave;
        private final long begun = timer.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Timer.Scheduled due = () -> {};

        Stream(Exchange exchange, int count, Duration every, Runnable leave) {
            this.exchange = exchange;
            this.count = count;
            this.every = every;
            this.leave = leave;
        }

        void begin() {
            exchange.hold(this::end);
            write(0);
        }

        private void write(int n) {
            if (ended.get()) {
                return;
            }
            if (n == count - 1) {
                end();
                exchange.finish(piece(n));
                return;
            }
            exchange.write(piece(n), failure -> {
                if (failure != null) {
                    end();
                    exchange.end();
                } else if (!ended.get()) {
                    due = timer.schedule(every, () -> edge.blocking().execute(() -> write(n + 1)));
                }
            });
        }

        private byte[] piece(int n) {
            long at = TimeUnit.NANOSECONDS.toMillis(timer.nanoTime() - begun);
            return ("data: {\"n\":" + n + ",\"at\":" + at + "}\n\n").getBytes(StandardCharsets.UTF_8);
        }

        /** Nothing more is due; again does nothing. */
        private void end() {
            if (ended.compareAndSet(false, true)) {
                due.cancel();
                leave.run();
            }
        }
    }
}
