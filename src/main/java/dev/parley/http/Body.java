package dev.parley.http;

import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Reads a request's body without waiting for it. Tomcat calls {@code onDataAvailable} unasked, Grizzly only after
 * {@code isReady} said no, so the beginning asks. Called by one thread at a time.
 */
final class Body implements ReadListener {

    private static final System.Logger LOGGER = System.getLogger(Body.class.getName());

    /** A client that is answered before it has said all may never see the answer, so that much is read for nothing. */
    private static final int MAX_SKIPPED_BYTES = 1024 * 1024;

    private final ServletInputStream in;
    private final int maxBytes;
    private final Consumer<byte[]> whole;
    private final Consumer<ProtocolException> refused;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int size;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Body(ServletInputStream in, int maxBytes, Consumer<byte[]> whole, Consumer<ProtocolException> refused) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.whole = whole;
        this.refused = refused;
    }

    /** Reads to the end; one of the two is called once, unless the client goes first. */
    static void read(ServletInputStream in, int maxBytes, Consumer<byte[]> whole, Consumer<ProtocolException> refused) {
        Body body = new Body(in, maxBytes, whole, refused);
        in.setReadListener(body);
        body.onDataAvailable();
    }

    @Override
    public void onDataAvailable() {
        byte[] buffer = new byte[8192];
        try {
            while (!ended.get() && in.isReady()) {
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
