package dev.parley.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Sends every message back, part by part as it comes, and holds none. Pings are answered by the container. A message
 * over the limit of {@link EchoSessions} closes the connection with 1009.
 *
 * <p>One for each connection; the container calls it from one thread at a time. Sends wait on the handler's thread where
 * the container makes them. The standalone server takes {@link DirectEcho} in its place.
 */
@ServerEndpoint(
        value = "/echo",
        subprotocols = {"chat", "superchat"},
        configurator = EchoConfigurator.class)
public class EchoEndpoint {

    private static final System.Logger LOGGER = System.getLogger(EchoEndpoint.class.getName());

    private Optional<Admission> admission = Optional.empty();
    private String heldBack = "";
    private final EchoLimit limit = new EchoLimit();
    private boolean givenUp;

    /**
     * Called by the container when the handshake is done. Sets no buffer sizes: for partial handlers they are the size of a
     * part on Tomcat, and on WildFly a limit that stops the connection without a word.
     */
    @OnOpen
    public void onOpen(Session session) {
        session.setMaxIdleTimeout(-1);
        admission = EchoSessions.admit(session);
    }

    /** Called by the container with a text message's next part, which may end in the middle of a surrogate pair. */
    @OnMessage
    public void onText(Session session, String part, boolean last) {
        if (admit(session, utf8Length(part), last)) {
            String text = heldBack.concat(part);
            int end = text.length();
            if (!last && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            heldBack = text.substring(end);
            try {
                session.getBasicRemote().sendText(text.substring(0, end), last);
            } catch (IOException | RuntimeException e) {
                giveUp(session, e);
            }
        }
    }

    /** Called by the container with a binary message's next part. */
    @OnMessage
    public void onBinary(Session session, ByteBuffer part, boolean last) {
        if (admit(session, part.remaining(), last)) {
            try {
                session.getBasicRemote().sendBinary(part, last);
            } catch (IOException | RuntimeException e) {
                giveUp(session, e);
            }
        }
    }

    private boolean admit(Session session, long partBytes, boolean last) {
        if (givenUp || admission.isEmpty()) {
            return false;
        }
        boolean taken = limit.takes(partBytes, last);
        limit.fault().ifPresent(fault -> {
            givenUp = true;
            EchoSessions.close(session, fault);
        });
        return taken;
    }

    /** A surrogate is half of four bytes, so a pair counts right even if it stands in two parts. */
    private static long utf8Length(String part) {
        long bytes = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private void giveUp(Session session, Exception e) {
        LOGGER.log(Level.DEBUG, "echo", e);
        givenUp = true;
        EchoSessions.close(session, new CloseReason(CloseCodes.UNEXPECTED_CONDITION, "could not be sent back"));
    }

    /** Called by the container when something failed, or threw; nothing here does. */
    @OnError
    public void onError(Session session, Throwable error) {
        LOGGER.log(Level.DEBUG, "echo", error);
        EchoSessions.close(session, new CloseReason(CloseCodes.UNEXPECTED_CONDITION, "failed"));
    }

    /** Called by the container at the end, on some twice. */
    @OnClose
    public void onClose(Session session) {
        EchoSessions.remove(session);
        admission.ifPresent(Admission::leave);
    }
}
