package dev.parley.websocket;

import dev.parley.access.HandshakeScope;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
        if (scope.isPresent() && scope.get().refused()) {
            return false;
        }
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
        arrival(request).leaveIn(config.getUserProperties());
    }

    /** What is known of everybody who comes. */
    static Arrival arrival(HandshakeRequest request) {
        return new Arrival(address(), refusal(request), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** From where the request comes, empty if nobody told. */
    static String address() {
        return HandshakeScope.current().map(HandshakeScope::address).orElse("");
    }

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
        return headers(request, name).findFirst();
    }

    /** The values of a header, whatever the case of its name. */
    static Stream<String> headers(HandshakeRequest request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(List::stream);
    }
}
