package dev.parley.websocket;

import dev.parley.access.Handshakes;
import dev.parley.request.Target;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Optional;

/**
 * The handshake of the proxy doctor's socket. A page of a foreign origin gets as far as the opening and is then closed with
 * 4003: a handshake that was refused would not be remembered, and a proxy that changes the Host makes every page foreign.
 */
public final class DoctorConfigurator extends OriginConfigurator {

    @Override
    public boolean checkOrigin(String originHeader) {
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        super.modifyHandshake(config, request, response);
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        String token = new Target("", query).parameter("token").orElse("");
        DoctorSessions.current()
                .ifPresent(doctor ->
                        doctor.handshakes().note(token, Handshakes.Seen.of(true, name -> header(request, name))));
    }
}
