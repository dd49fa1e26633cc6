package dev.parley.websocket;

import dev.parley.access.Admissions;
import dev.parley.protocol.CloseCode;
import jakarta.websocket.Session;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection's place among those that are counted. Thread-safe. */
final class Admission {

    private final ChatEdge edge;
    private final String address;
    private final AtomicBoolean left = new AtomicBoolean();

    private Admission(ChatEdge edge, String address) {
        this.edge = edge;
        this.address = address;
    }

    /** A place for the session; empty if there is none for it, and it is closed. */
    static Optional<Admission> of(Session session, ChatEdge edge, WebSocketConnection connection) {
        Arrival arrival = Arrival.of(session);
        if (arrival.refused().isPresent()) {
            connection.close(CloseCode.FORBIDDEN, arrival.refused().get());
            return Optional.empty();
        }
        String address = address(session, arrival);
        Optional<Admissions.Full> full = edge.admissions().enter(address);
        if (full.isPresent()) {
            connection.close(CloseCode.OVERLOADED, full.get().reason());
            return Optional.empty();
        }
        return Optional.of(new Admission(edge, address));
    }

    /** Jetty runs the handshake before anything of ours, and tells the address here. */
    private static String address(Session session, Arrival arrival) {
        Object told = session.getUserProperties().get("jakarta.websocket.endpoint.remoteAddress");
        boolean unknown = arrival.address().isEmpty();
        return unknown && told instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress().getHostAddress()
                : arrival.address();
    }

    /** Gives the place back; again does nothing. */
    void leave() {
        if (left.compareAndSet(false, true)) {
            edge.admissions().leave(address);
        }
    }
}
