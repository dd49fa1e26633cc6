package dev.parley.websocket;

import dev.parley.access.HandshakeScope;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses pages of foreign origins with 403. The API asks for a decision before it shows the Host, so that comes from the
 * {@link HandshakeScope}; where nobody opened one, {@link #refusal} finds out later and the session is closed with 4003.
 *
 * <p>Negotiates no extensions: permessage-deflate breaks messages on some containers, and costs more than it saves where
 * one frame goes to many.
 */
public class OriginConfigurator extends ServerEndpointConfig.Configurator {

    @Override
    public boolean checkOrigin(String originHeader) {
        Optional<HandshakeScope> scope = HandshakeScope.current();
        return scope.isEmpty()
                || ChatEdge.current()
                        .map(edge -> edge.origins()
                                .allows(
                                        Optional.ofNullable(originHeader),
                                        scope.get().host()))
                        .orElse(false);
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        refusal(request).ifPresent(reason -> config.getUserProperties().put(REFUSED, reason));
    }

    /** The key, among a session's user properties, of why its Origin is refused. */
    static final String REFUSED = OriginConfigurator.class.getName() + ".refused";

    /** Why this handshake should have been refused. */
    static Optional<String> refusal(HandshakeRequest request) {
        Optional<String> origin = header(request, "Origin");
        boolean allowed = ChatEdge.current()
                .map(edge -> edge.origins().allows(origin, header(request, "Host")))
                .orElse(false);
        return allowed ? Optional.empty() : Optional.of("origin not allowed");
    }

    /** The first value of a header, whatever the case of its name. */
    static Optional<String> header(HandshakeRequest request, String name) {
        for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
            if (name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
                return Optional.ofNullable(header.getValue().get(0));
            }
        }
        return Optional.empty();
    }
}
