package dev.parley.websocket;

import dev.parley.time.Timer;
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
import java.util.Optional;

/**
 * A socket that says nothing by itself, so that a page can find out how long a proxy lets it be silent; a short text comes
 * back. Ends after three minutes. One for each connection; the container calls it from one thread at a time.
 */
@ServerEndpoint(value = "/api/lab/doctor/socket", configurator = DoctorConfigurator.class)
public class DoctorEndpoint {

    private static final System.Logger LOGGER = System.getLogger(DoctorEndpoint.class.getName());
    private static final int MAX_BYTES = 125;

    private Optional<Admission> admission = Optional.empty();
    private Timer.Scheduled end = () -> {};

    /** Called by the container when the handshake is done. */
    @OnOpen
    public void onOpen(Session session) {
        session.setMaxIdleTimeout(-1);
        admission = EchoSessions.admit(session);
        if (admission.isPresent()) {
            Optional<ChatEdge> edge = ChatEdge.current();
            DoctorSessions.current()
                    .ifPresent(doctor -> end = doctor.timer()
                            .schedule(
                                    DoctorSessions.LIFE,
                                    () -> edge.ifPresent(alive ->
                                            alive.blocking().execute(() -> close(session, "three minutes are over")))));
        }
    }

    /** Called by the container with a whole text. */
    @OnMessage(maxMessageSize = MAX_BYTES)
    public void onText(Session session, String text) {
        if (admission.isPresent()) {
            try {
                session.getBasicRemote().sendText(text);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.DEBUG, "doctor", e);
                close(session, "could not be sent back");
            }
        }
    }

    /** Called by the container when something failed. */
    @OnError
    public void onError(Session session, Throwable error) {
        LOGGER.log(Level.DEBUG, "doctor", error);
        close(session, "failed");
    }

    private static void close(Session session, String why) {
        EchoSessions.close(session, new CloseReason(CloseCodes.NORMAL_CLOSURE, why));
    }

    /** Called by the container at the end, on some twice. */
    @OnClose
    public void onClose(Session session) {
        end.cancel();
        EchoSessions.remove(session);
        admission.ifPresent(Admission::leave);
    }
}
