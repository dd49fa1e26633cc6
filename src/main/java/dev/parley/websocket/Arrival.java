package dev.parley.websocket;

import dev.parley.protocol.Person;
import jakarta.websocket.Session;
import java.util.Map;
import java.util.Optional;

/**
 * What the handshake found out, for the session that follows it. Immutable.
 *
 * @param address from where, empty if the container does not tell
 * @param refused why the connection is closed as soon as it is open: where the container cannot refuse the handshake itself
 * @param guest who comes, on the chat endpoints
 * @param foreignVersion a protocol of ours that was offered and is not spoken here
 */
record Arrival(String address, Optional<String> refused, Optional<Person> guest, Optional<String> foreignVersion) {

    private static final String PROPERTY = Arrival.class.getName();

    /** What is known of a session whose container lost the rest. */
    private static final Arrival LOST =
            new Arrival("", Optional.of("the handshake was lost"), Optional.empty(), Optional.empty());

    /** Leaves this for the session. */
    void leaveIn(Map<String, Object> userProperties) {
        userProperties.put(PROPERTY, this);
    }

    /** What the handshake left. */
    static Arrival of(Session session) {
        return session.getUserProperties().get(PROPERTY) instanceof Arrival arrival ? arrival : LOST;
    }
}
