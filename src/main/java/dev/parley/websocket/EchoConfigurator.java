package dev.parley.websocket;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** The handshake of {@code /echo}: the first subprotocol of the client's that is known, whatever the container's own rule. */
public final class EchoConfigurator extends OriginConfigurator {

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Arrival arrival = arrival(request);
        arrival.leaveIn(config.getUserProperties());
        DirectHandshake.forEcho(arrival);
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream()
                .map(String::strip)
                .filter(supported::contains)
                .findFirst()
                .orElse("");
    }
}
