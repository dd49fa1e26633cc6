package dev.parley.websocket;

import dev.parley.protocol.CloseCode;
import jakarta.websocket.CloseReason;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The echo endpoint for a server that reads and writes frames itself: who is let in, and how much a message may have. Made by
 * a {@link DirectHandshake}. Confined to one thread at a time, but for {@link #closed}.
 */
public final class DirectEcho {

    private final Arrival arrival;
    private final EchoLimit limit = new EchoLimit();
    private volatile Optional<Admission> admission = Optional.empty();

    DirectEcho(Arrival arrival) {
        this.arrival = arrival;
    }

    /** Lets the client in, or calls {@code close}. */
    public void open(BiConsumer<CloseCode, String> close) {
        admission = ChatEdge.current().flatMap(edge -> Admission.of(arrival, edge, close));
    }

    /** Whether a part of a message may go back, which is {@code last} or not; else the connection is to be closed or is closed. */
    public boolean takes(long bytes, boolean last) {
        return admission.isPresent() && limit.takes(bytes, last);
    }

    /** Why the connection is to be closed, if a message was too large. */
    public Optional<CloseReason> fault() {
        return limit.fault();
    }

    /** The connection is closed, or about to. Does nothing when called again. */
    public void closed() {
        admission.ifPresent(Admission::leave);
    }
}
