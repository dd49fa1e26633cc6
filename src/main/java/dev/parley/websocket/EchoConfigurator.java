package dev.parley.websocket;

import java.util.List;

/** The handshake of {@code /echo}: the first subprotocol of the client's that is known, whatever the container's own rule. */
public final class EchoConfigurator extends OriginConfigurator {

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream()
                .map(String::strip)
                .filter(supported::contains)
                .findFirst()
                .orElse("");
    }
}
