package dev.parley.websocket;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** What containers report to {@code @OnError}: connections that broke, and, rarely, a fault of ours. */
final class Failures {

    private static final System.Logger LOGGER = System.getLogger(Failures.class.getName());

    private Failures() {}

    /** A broken connection is nobody's fault and not worth a line; a fault of ours is, once, here. */
    static void log(Session session, Throwable failure) {
        boolean ours = failure instanceof RuntimeException && !(failure.getCause() instanceof IOException);
        LOGGER.log(ours ? Level.WARNING : Level.DEBUG, () -> "WebSocket session " + session.getId(), failure);
    }
}
