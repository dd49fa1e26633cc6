package dev.parley.websocket;

import dev.parley.lab.Way;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a handshake and frames must have been on the wire, where the container shows no bytes. */
final class Reckoning {

    private static final int MASK_BYTES = 4;
    private static final String ANSWER = "HTTP/1.1 101 \r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nDate: Fri, 20 Nov 2026 13:44:27 GMT\r\n\r\n";

    private Reckoning() {}

    /** Adds a handshake and its answer to what {@code way} has cost. */
    static void handshake(Way way, HandshakeRequest request, HandshakeResponse response) {
        String query =
                Optional.ofNullable(request.getQueryString()).map(q -> "?" + q).orElse("");
        String line = "GET " + request.getRequestURI().getRawPath() + query + " HTTP/1.1\r\n\r\n";
        way.in(line.length() + lines(request.getHeaders()));
        way.out(ANSWER.length() + lines(response.getHeaders()));
    }

    private static long lines(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey() != null)
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value + "\r\n"))
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** A frame with this payload (RFC 6455, 5.2). */
    static long frame(int payloadBytes, boolean masked) {
        int length = payloadBytes < 126 ? 2 : payloadBytes < 65_536 ? 4 : 10;
        return length + (masked ? MASK_BYTES : 0) + payloadBytes;
    }
}
