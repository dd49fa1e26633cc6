package dev.parley.standalone;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends one message after the other, the next when the last is done, for ever. */
@ServerEndpoint("/flood")
public final class FloodEndpoint {

    static final int MESSAGE_CHARS = 16 * 1024;
    static final AtomicInteger SENT = new AtomicInteger();
    static volatile CountDownLatch closed = new CountDownLatch(1);

    private static final String MESSAGE = "x".repeat(MESSAGE_CHARS);

    @OnOpen
    public void onOpen(Session session) {
        session.setMaxIdleTimeout(-1);
        new Thread(() -> sendNext(session)).start();
    }

    private static void sendNext(Session session) {
        SENT.incrementAndGet();
        try {
            session.getAsyncRemote().sendText(MESSAGE, result -> {
                if (result.isOK()) {
                    new Thread(() -> sendNext(session)).start();
                }
            });
        } catch (RuntimeException closed) {
            // As good an end as any.
        }
    }

    @OnClose
    public void onClose() {
        closed.countDown();
    }
}
