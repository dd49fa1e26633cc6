package dev.parley.websocket;

import jakarta.websocket.Session;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parts of a session's URL. Read from the URL itself: what containers give as path parameters is decoded on some and
 * not on others, and holds the query's parameters too on Tyrus. Immutable.
 */
record Query(String path, String query) {

    static Query of(Session session) {
        String path = Optional.ofNullable(session.getRequestURI().getRawPath()).orElse("");
        return new Query(path, Optional.ofNullable(session.getQueryString()).orElse(""));
    }

    /** The last segment of the path, decoded. */
    String lastSegment() {
        return decode(path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"));
    }

    /** The first value of a parameter, decoded. */
    Optional<String> parameter(String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decode(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
