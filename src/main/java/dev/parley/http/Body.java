package dev.parley.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Reads a request's body without waiting for it. Thread-safe.
 *
 * <p>The containers differ: Tomcat calls {@code onDataAvailable} once the servlet has returned, Grizzly only after
 * {@code isReady} said no, Payara inside of {@code setReadListener} or on another thread. So the beginning asks, unless it was
 * called already. Grizzly calls before the thread that it said no to has left, and tells the end as soon as that call is back;
 * so a call waits for the one before, which never waits itself, and an end is one when nothing is left to read.
 *
 * <p>Nobody asks on after the last byte, if it is known which that is: Payara tells the end of a body twice then, and at times
 * the second comes when the request is answered and its parts are those of the next one, whose answer is lost with it.
 */
final class Body implements ReadListener {

    private static final System.Logger LOGGER = System.getLogger(Body.class.getName());

    /** A client that is answered before it has said all may never see the answer, so that much is read for nothing. */
    private static final int MAX_SKIPPED_BYTES = 1024 * 1024;

    private final ServletInputStream in;
    private final long length;
    private final int maxBytes;
    private final Consumer<byte[]> whole;
    private final Consumer<ProtocolException> refused;
    private final AtomicBoolean begun = new AtomicBoolean();

    @GuardedBy("this")
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @GuardedBy("this")
    private int size;

    @GuardedBy("this")
    private boolean ended;

    private Body(
            ServletInputStream in,
            long length,
            int maxBytes,
            Consumer<byte[]> whole,
            Consumer<ProtocolException> refused) {
        this.in = in;
        this.length = length;
        this.maxBytes = maxBytes;
        this.whole = whole;
        this.refused = refused;
    }

    /** Reads to the end; one of the two is called once, unless the client goes first. */
    static void read(
            HttpServletRequest request, int maxBytes, Consumer<byte[]> whole, Consumer<ProtocolException> refused)
            throws IOException {
        long length = request.getContentLengthLong();
        if (length == 0) {
            whole.accept(new byte[0]);
            return;
        }
        ServletInputStream in = request.getInputStream();
        Body body = new Body(in, length, maxBytes, whole, refused);
        in.setReadListener(body);
        if (body.begun.compareAndSet(false, true)) {
            body.onDataAvailable();
        }
    }

    @Override
    public void onDataAvailable() {
        begun.set(true);
        advance(false);
    }

    @Override
    public void onAllDataRead() {
        advance(true);
    }

    private void advance(boolean allCame) {
        Runnable outcome;
        synchronized (this) {
            outcome = read(allCame);
        }
        outcome.run();
    }

    /** Reads what is there; what is to be done then. */
    @GuardedBy("this")
    private Runnable read(boolean allCame) {
        byte[] buffer = new byte[8192];
        try {
            while (!ended && !isEnough() && (allCame ? in.available() > 0 : in.isReady())) {
                int count = in.read(buffer);
                if (count < 0) {
                    return end();
                }
                size += count;
                if (size <= maxBytes) {
                    bytes.write(buffer, 0, count);
                }
            }
            return allCame || isEnough() ? end() : () -> {};
        } catch (IOException | RuntimeException e) {
            return fail(e);
        }
    }

    @GuardedBy("this")
    private boolean isEnough() {
        return size == length || size > maxBytes + MAX_SKIPPED_BYTES;
    }

    @GuardedBy("this")
    private Runnable end() {
        if (size > maxBytes) {
            return refuse(Refusal.Code.TOO_LARGE, "body: " + size + " bytes or more, at most " + maxBytes);
        }
        if (size < length) {
            return fail(new EOFException(size + " bytes of " + length));
        }
        byte[] all = bytes.toByteArray();
        return once(() -> whole.accept(all));
    }

    @GuardedBy("this")
    private Runnable fail(Throwable failure) {
        LOGGER.log(Level.DEBUG, "A body did not come", failure);
        return refuse(Refusal.Code.BAD_MESSAGE, "body: it did not come to its end");
    }

    @GuardedBy("this")
    private Runnable refuse(Refusal.Code code, String message) {
        return once(() -> refused.accept(new ProtocolException(Refusal.of(code, message))));
    }

    @GuardedBy("this")
    private Runnable once(Runnable outcome) {
        boolean first = !ended;
        ended = true;
        return first ? outcome : () -> {};
    }

    @Override
    public void onError(Throwable failure) {
        Runnable outcome;
        synchronized (this) {
            outcome = fail(failure);
        }
        outcome.run();
    }
}
