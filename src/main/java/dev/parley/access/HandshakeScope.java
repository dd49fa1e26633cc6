package dev.parley.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket handshake is known by outside of the WebSocket API, which tells an endpoint neither the client's
 * address nor, while it checks the Origin, the Host. Whoever takes the HTTP request in (a servlet listener, the
 * standalone server's filter) opens the scope on the thread that runs the handshake, and closes it. Immutable.
 *
 * @param address the client's IP address, as the TCP connection or a trusted proxy tells it
 * @param host the {@code Host} header
 * @param refused whether this handshake is to be refused, whatever its Origin
 */
public record HandshakeScope(String address, Optional<String> host, boolean refused) {

    private static final ThreadLocal<@Nullable HandshakeScope> CURRENT = new ThreadLocal<>();

    /** The scope that is open on this thread. */
    public static Optional<HandshakeScope> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Opens this scope on this thread, in place of any other. */
    public void open() {
        CURRENT.set(this);
    }

    /** Closes whichever scope is open on this thread. */
    public static void close() {
        CURRENT.remove();
    }
}
