package dev.parley.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a request's target. Read from the URL itself: what containers give as path or parameters is decoded on some
 * and not on others, and may hold parameters of the other kind too. Immutable.
 *
 * @param path still encoded
 * @param query still encoded, empty if there is none
 */
public record Target(String path, String query) {

    /** The last segment of the path, decoded. */
    public String lastSegment() {
        return segment(path.substring(path.lastIndexOf('/') + 1));
    }

    /** A segment of a path, decoded; a plus sign is one. */
    public static String segment(String encoded) {
        return decode(encoded.replace("+", "%2B"));
    }

    /** The first value of a parameter, decoded. */
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /** All values of a parameter, decoded. */
    public List<String> parameters(String name) {
        List<String> values = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
                values.add(decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
