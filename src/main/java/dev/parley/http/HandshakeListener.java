package dev.parley.http;

import dev.parley.access.ForwardedFor;
import dev.parley.access.HandshakeScope;
import dev.parley.lab.Lab;
import dev.parley.lab.Way;
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
    private final Lab lab;

    /** Finds addresses as {@code forwardedFor} does, and refuses what {@code lab} wants refused. */
    public HandshakeListener(ForwardedFor forwardedFor, Lab lab) {
        this.forwardedFor = forwardedFor;
        this.lab = lab;
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request && request.getHeader("Upgrade") != null) {
            String address = forwardedFor.address(
                    request.getRemoteAddr(), Optional.ofNullable(request.getHeader("X-Forwarded-For")));
            String query = Optional.ofNullable(request.getQueryString()).orElse("");
            boolean refused = lab.way(query, Optional.ofNullable(request.getHeader("Cookie")))
                    .filter(Way::refusesUpgrades)
                    .isPresent();
            new HandshakeScope(address, Optional.ofNullable(request.getHeader("Host")), refused).open();
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        HandshakeScope.close();
    }
}
