package dev.parley.websocket;

import dev.parley.access.Admissions;
import dev.parley.protocol.CloseCode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** A connection's place among those that are counted. Thread-safe. */
final class Admission {

    private final ChatEdge edge;
    private final String address;
    private final AtomicBoolean left = new AtomicBoolean();

    private Admission(ChatEdge edge, String address) {
        this.edge = edge;
        this.address = address;
    }

    /** A place for who arrived; if there is none, calls {@code close} and is empty. */
    static Optional<Admission> of(Arrival arrival, ChatEdge edge, BiConsumer<CloseCode, String> close) {
        if (arrival.refused().isPresent()) {
            close.accept(CloseCode.FORBIDDEN, arrival.refused().get());
            return Optional.empty();
        }
        Optional<Admissions.Full> full = edge.admissions().enter(arrival.address());
        if (full.isPresent()) {
            close.accept(CloseCode.OVERLOADED, full.get().reason());
            return Optional.empty();
        }
        return Optional.of(new Admission(edge, arrival.address()));
    }

    /** Gives the place back; again does nothing. */
    void leave() {
        if (left.compareAndSet(false, true)) {
            edge.admissions().leave(address);
        }
    }
}
