package dev.parley.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What every request of a connection says. Immutable.
 *
 * @param host the {@code Host} header
 * @param path with its query
 * @param subprotocol for WebSocket only
 * @param cookie {@code name=value}, if the server gave one before
 */
public record Request(String host, String path, Optional<String> subprotocol, Optional<String> cookie) {

    /** What RFC 6455 (1.3) has as its example: nobody has to be kept from guessing it. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** The answer to it. */
    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    byte[] handshake() {
        return bytes(
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY
                        + "\r\n"
                        + subprotocol
                                .map(name -> "Sec-WebSocket-Protocol: " + name + "\r\n")
                                .orElse(""));
    }

    byte[] get(String accept) {
        return bytes("Accept: " + accept + "\r\n");
    }

    private byte[] bytes(String headers) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                + cookie.map(value -> "Cookie: " + value + "\r\n").orElse("") + "\r\n";
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    Request at(String elsewhere) {
        return new Request(host, elsewhere, subprotocol, cookie);
    }

    /** The same with a cookie, if there is one. */
    public Request with(Optional<String> newCookie) {
        return newCookie.isPresent() ? new Request(host, path, subprotocol, newCookie) : this;
    }
}
