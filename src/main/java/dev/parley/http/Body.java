package dev.parley.http;

import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Reads a request's body without waiting for it. Thread-safe.
 *
 * <p>The containers differ: Tomcat calls {@code onDataAvailable} once the servlet has returned, Grizzly only after
 * {@code isReady} said no, Payara inside of {@code setReadListener} or on another thread. So the beginning asks, unless it was
 * called already, and whoever comes while another reads leaves it to that one.
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
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int size;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

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
        if (calls.getAndIncrement() == 0) {
            int seen;
            do {
                seen = calls.get();
                readWhatIsThere();
            } while (!calls.compareAndSet(seen, 0));
        }
    }

    private void readWhatIsThere() {
        byte[] buffer = new byte[8192];
        try {
            while (!ended.get() && size != length && in.isReady()) {
                int count = in.read(buffer);
                if (count < 0) {
                    onAllDataRead();
                    return;
                }
                size += count;
                if (size <= maxBytes) {
                    bytes.write(buffer, 0, count);
                } else if (size > maxBytes + MAX_SKIPPED_BYTES) {
                    refuse();
                    return;
                }
            }
            if (size == length) {
                onAllDataRead();
            }
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    private void refuse() {
        if (ended.compareAndSet(false, true)) {
            refused.accept(new ProtocolException(
                    Refusal.of(Refusal.Code.TOO_LARGE, "body: " + size + " bytes or more, at most " + maxBytes)));
        }
    }

    @Override
    public void onAllDataRead() {
        if (size > maxBytes) {
            refuse();
        } else if (ended.compareAndSet(false, true)) {
            whole.accept(bytes.toByteArray());
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            LOGGER.log(Level.DEBUG, "A body did not come", failure);
            refused.accept(
                    new ProtocolException(Refusal.of(Refusal.Code.BAD_MESSAGE, "body: it did not come to its end")));
        }
    }
}
