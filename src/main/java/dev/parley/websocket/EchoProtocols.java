package dev.parley.websocket;

import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** Chooses the first subprotocol of the client's that is known, whatever the container's own rule. Immutable. */
public final class EchoProtocols extends ServerEndpointConfig.Configurator {

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream()
                .map(String::strip)
                .filter(supported::contains)
                .findFirst()
                .orElse("");
    }
}
