package dev.parley.http;

import dev.parley.access.ForwardedFor;
import dev.parley.access.HandshakeScope;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Opens the {@link HandshakeScope} around a WebSocket handshake, in containers that run it inside a servlet request.
 * Thread-safe.
 */
public final class HandshakeListener implements ServletRequestListener {

    private final ForwardedFor forwardedFor;

    /** Finds addresses as {@code forwardedFor} does. */
    public HandshakeListener(ForwardedFor forwardedFor) {
        this.forwardedFor = forwardedFor;
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request && request.getHeader("Upgrade") != null) {
            String address = forwardedFor.address(
                    request.getRemoteAddr(), Optional.ofNullable(request.getHeader("X-Forwarded-For")));
            new HandshakeScope(address, Optional.ofNullable(request.getHeader("Host"))).open();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        HandshakeScope.close();
    }
}
