package dev.parley.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The echo endpoint's wiring: endpoints are made by the container, so what they share is found here. One for each class
 * loader, and so for each deployment. Thread-safe.
 */
public final class EchoSessions {

    private static final System.Logger LOGGER = System.getLogger(EchoSessions.class.getName());
    private static final Set<Session> OPEN = ConcurrentHashMap.newKeySet();
    private static volatile long maxMessageBytes = 16L << 20;

    private EchoSessions() {}

    /** Sets the limit of messages to come, in bytes. */
    public static void limit(long maxBytes) {
        maxMessageBytes = maxBytes;
    }

    static long maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Lets the session in; empty if it is not, and is closed. */
    static Optional<Admission> admit(Session session) {
        Optional<Admission> admission = ChatEdge.current()
                .flatMap(edge -> Admission.of(
                        Arrival.of(session), edge, new WebSocketConnection(session, edge.blocking())::close));
        if (admission.isPresent()) {
            OPEN.add(session);
        }
        return admission;
    }

    static void remove(Session session) {
        OPEN.remove(session);
    }

    /** Closes all with 1001, for a server that goes. May wait for each on containers that do so in {@code close}. */
    public static void closeAll() {
        for (Session session : OPEN) {
            close(session, new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "the server stops"));
        }
    }

    static void close(Session session, CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.DEBUG, "close", e);
        }
    }
}
