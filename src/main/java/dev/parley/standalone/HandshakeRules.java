package dev.parley.standalone;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Header;

/** RFC 6455, section 4.2.1: what a handshake must say. Tyrus answers some faults with 500 and lets others pass. */
final class HandshakeRules {

    private static final String KEY = "Sec-WebSocket-Key";
    private static final String VERSION = "Sec-WebSocket-Version";

    private HandshakeRules() {}

    /** The answer to a handshake that cannot be. */
    record Refusal(int status, String text, Map<String, String> headers) {

        Refusal(int status, String text) {
            this(status, text, Map.of());
        }
    }

    /** Whether this asks for a WebSocket at all. */
    static boolean apply(HttpRequestPacket request) {
        return tokens(request, Header.Upgrade).stream().anyMatch("websocket"::equalsIgnoreCase);
    }

    static Optional<Refusal> check(HttpRequestPacket request) {
        if (!Method.GET.equals(request.getMethod())) {
            return refuse(405, "A WebSocket handshake is a GET.", Map.of("Allow", "GET"));
        }
        if (request.getProtocol() != Protocol.HTTP_1_1) {
            return refuse(400, "A WebSocket handshake needs HTTP/1.1.", Map.of());
        }
        if (values(request, "Host").size() != 1
                || values(request, "Host").get(0).isBlank()) {
            return refuse(400, "A WebSocket handshake needs one Host.", Map.of());
        }
        if (tokens(request, Header.Connection).stream().noneMatch("upgrade"::equalsIgnoreCase)) {
            return refuse(400, "A WebSocket handshake needs 'Connection: Upgrade'.", Map.of());
        }
        if (!values(request, VERSION).equals(List.of("13"))) {
            return refuse(426, "WebSocket version 13 is spoken here.", Map.of(VERSION, "13"));
        }
        List<String> keys = values(request, KEY);
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return refuse(400, "A WebSocket handshake needs one Sec-WebSocket-Key, 16 bytes in Base64.", Map.of());
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(int status, String text, Map<String, String> headers) {
        return Optional.of(new Refusal(status, text, headers));
    }

    private static List<String> tokens(HttpRequestPacket request, Header header) {
        return values(request, header.toString()).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
    }

    private static List<String> values(HttpRequestPacket request, String name) {
        return StreamSupport.stream(request.getHeaders().values(name).spliterator(), false)
                .map(String::strip)
                .toList();
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
