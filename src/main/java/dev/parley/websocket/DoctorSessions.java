package dev.parley.websocket;

import dev.parley.access.Handshakes;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The proxy doctor's wiring: its endpoint is made by the container, so what it needs is found here, one for each class
 * loader. Immutable.
 *
 * @param timer ends sessions
 * @param handshakes what handshakes looked like when they came
 */
public record DoctorSessions(Timer timer, Handshakes handshakes) {

    /** The longest that a session lasts. */
    static final Duration LIFE = Duration.ofMinutes(3);

    private static final AtomicReference<DoctorSessions> CURRENT = new AtomicReference<>();

    /** Leaves this for the endpoint. */
    public void install() {
        CURRENT.set(this);
    }

    /** Takes back what was left. */
    public static void uninstall() {
        CURRENT.set(null);
    }

    static Optional<DoctorSessions> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
