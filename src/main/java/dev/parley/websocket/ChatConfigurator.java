package dev.parley.websocket;

import dev.parley.access.HandshakeScope;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.Person;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The handshake of {@code /chat}: who comes, from where, and a cookie for who is new. */
public final class ChatConfigurator extends OriginConfigurator {

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        ChatEdge.current().ifPresent(edge -> {
            Optional<Person> known = cookies(request)
                    .flatMap(cookie -> edge.guests().read(cookie).stream())
                    .findFirst();
            Person guest = known.orElseGet(() -> newcomer(edge, request, response));
            String address =
                    HandshakeScope.current().map(HandshakeScope::address).orElse("");
            config.getUserProperties()
                    .put(Arrival.PROPERTY, new Arrival(guest, address, refusal(request), foreignVersion(request)));
        });
    }

    private static Person newcomer(ChatEdge edge, HandshakeRequest request, HandshakeResponse response) {
        Person guest = edge.guests().create();
        boolean secure = header(request, "X-Forwarded-Proto")
                        .filter("https"::equalsIgnoreCase)
                        .isPresent()
                || header(request, "Origin")
                        .filter(origin -> origin.startsWith("https:"))
                        .isPresent();
        response.getHeaders().put("Set-Cookie", List.of(edge.guests().setCookie(guest, edge.contextPath(), secure)));
        return guest;
    }

    private static Stream<String> cookies(HandshakeRequest request) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> "Cookie".equalsIgnoreCase(header.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(List::stream);
    }

    /** A client that offers only versions of ours that are not spoken here would take plain text for a fault. */
    private static Optional<String> foreignVersion(HandshakeRequest request) {
        List<String> offered = header(request, "Sec-WebSocket-Protocol").stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .toList();
        boolean spoken = offered.contains(JsonFormat.SUBPROTOCOL);
        return spoken
                ? Optional.empty()
                : offered.stream().filter(o -> o.startsWith("parley.")).findFirst();
    }
}
