package dev.parley.websocket;

import dev.parley.protocol.Person;
import java.util.Optional;

/**
 * What the handshake found out, for the session that follows it. Immutable.
 *
 * @param guest who comes
 * @param address from where, empty if the container does not tell
 * @param refused why the connection is closed as soon as it is open: where the container cannot refuse the handshake itself
 * @param foreignVersion a protocol of ours that was offered and is not spoken here
 */
record Arrival(Person guest, String address, Optional<String> refused, Optional<String> foreignVersion) {

    /** The key of this among a session's user properties. */
    static final String PROPERTY = Arrival.class.getName();
}
