package dev.parley.websocket;

import dev.parley.lab.Way;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.Person;
import dev.parley.protocol.XmlFormat;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The handshake of {@code /chat}: who comes, from where, and a cookie for who is new. */
public final class ChatConfigurator extends OriginConfigurator {

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        ChatEdge.current().ifPresent(edge -> {
            Optional<Person> known = headers(request, "Cookie")
                    .flatMap(cookie -> edge.guests().read(cookie).stream())
                    .findFirst();
            Person guest = known.orElseGet(() -> newcomer(edge, request, response));
            Optional<Way> way = way(edge, request);
            way.filter(Way::isReckoned).ifPresent(reckoned -> Reckoning.handshake(reckoned, request, response));
            Optional<String> refused =
                    refusal(request).or(() -> way.filter(Way::refusesUpgrades).map(troubled -> "refused for the lab"));
            Arrival arrival = new Arrival(address(), refused, Optional.of(guest), foreignVersion(request), way);
            arrival.leaveIn(config.getUserProperties());
            DirectHandshake.forChat(arrival, config.getPath().endsWith(RoomChatEndpoint.ROOM));
        });
    }

    private static Optional<Way> way(ChatEdge edge, HandshakeRequest request) {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        return edge.lab().way(query, header(request, "Cookie"));
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

    /** A client that offers only versions of ours that are not spoken here would take plain text for a fault. */
    private static Optional<String> foreignVersion(HandshakeRequest request) {
        List<String> offered = headers(request, "Sec-WebSocket-Protocol")
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .toList();
        boolean spoken = offered.contains(JsonFormat.SUBPROTOCOL) || offered.contains(XmlFormat.SUBPROTOCOL);
        return spoken
                ? Optional.empty()
                : offered.stream().filter(o -> o.startsWith("parley.")).findFirst();
    }
}
