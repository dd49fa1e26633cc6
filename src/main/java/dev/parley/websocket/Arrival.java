package dev.parley.websocket;

import dev.parley.lab.Way;
import dev.parley.protocol.Person;
import jakarta.websocket.Session;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * What the handshake found out, for the session that follows it. Immutable.
 *
 * @param address from where, empty if the container does not tell
 * @param refused why the connection is closed as soon as it is open: where the container cannot refuse the handshake itself
 * @param guest who comes, on the chat endpoints
 * @param foreignVersion a protocol of ours that was offered and is not spoken here
 * @param way what of the lab's it takes part in
 */
record Arrival(
        String address,
        Optional<String> refused,
        Optional<Person> guest,
        Optional<String> foreignVersion,
        Optional<Way> way) {

    private static final String PROPERTY = Arrival.class.getName();

    /** What is known of a session whose container lost the rest. */
    private static final Arrival LOST = new Arrival(
            "", Optional.of("the handshake was lost"), Optional.empty(), Optional.empty(), Optional.empty());

    /** Leaves this for the session. */
    void leaveIn(Map<String, Object> userProperties) {
        userProperties.put(PROPERTY, this);
    }

    /** What the handshake left. Jetty runs it before anything of ours, and tells the address in the session. */
    static Arrival of(Session session) {
        Map<String, Object> told = session.getUserProperties();
        Arrival arrival = told.get(PROPERTY) instanceof Arrival left ? left : LOST;
        return arrival.address.isEmpty()
                        && told.get("jakarta.websocket.endpoint.remoteAddress") instanceof InetSocketAddress socket
                        && socket.getAddress() != null
                ? new Arrival(
                        socket.getAddress().getHostAddress(),
                        arrival.refused,
                        arrival.guest,
                        arrival.foreignVersion,
                        arrival.way)
                : arrival;
    }
}
