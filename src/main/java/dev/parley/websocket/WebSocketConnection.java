package dev.parley.websocket;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A WebSocket session as the pump sees it. The pump has one write under way at a time, which is what Tomcat and Liberty
 * demand and all others allow. Thread-safe.
 */
final class WebSocketConnection implements ChatWay {

    private static final System.Logger LOGGER = System.getLogger(WebSocketConnection.class.getName());
    private static final int MAX_REASON_BYTES = 123;

    /**
     * The thread's own during a write. Payara's Tyrus starts a timer at each, which looks for providers of services in that
     * class loader; a web application's takes longer for it than the write does.
     */
    private static final ClassLoader FEW_CLASSES = ClassLoader.getPlatformClassLoader();

    private final Session session;
    private final Executor blocking;
    private volatile boolean binary;

    /** The connection of {@code session}; {@code blocking} runs its close, which some containers take seconds for. */
    WebSocketConnection(Session session, Executor blocking) {
        this.session = session;
        this.blocking = blocking;
    }

    @Override
    public void sendBinary(boolean on) {
        binary = on;
    }

    @Override
    public void write(Frame frame, Written written) {
        SendHandler once = once(written);
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(FEW_CLASSES);
        try {
            if (binary) {
                session.getAsyncRemote().sendBinary(frame.utf8(), once);
            } else {
                session.getAsyncRemote().sendObject(frame, once);
            }
        } catch (RuntimeException e) {
            once.onResult(new jakarta.websocket.SendResult(e));
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    /** A container that fails a write may tell so twice, by throwing and by the handler. */
    private static SendHandler once(Written written) {
        AtomicBoolean told = new AtomicBoolean();
        return result -> {
            if (told.compareAndSet(false, true)) {
                written.done(result.isOK() ? null : failure(result.getException()));
            }
        };
    }

    private static Throwable failure(Throwable reported) {
        return reported == null ? new IOException("the write failed") : reported;
    }

    @Override
    public void ping(Written written) {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            written.done(e);
            return;
        }
        written.done(null);
    }

    @Override
    public void close(CloseCode code, String reason) {
        CloseReason closeReason = new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), shortened(reason));
        blocking.execute(() -> {
            try {
                session.close(closeReason);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.DEBUG, "A session did not close", e);
            }
        });
    }

    /** A close frame has room for {@value #MAX_REASON_BYTES} bytes (RFC 6455, section 5.5). */
    static String shortened(String reason) {
        String fitting = reason;
        while (fitting.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting;
    }
}
