package dev.parley.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code Accept-Encoding}, RFC 9110, 12.5.3. */
final class AcceptEncoding {

    private AcceptEncoding() {}

    /** What is said of gzip counts, and otherwise what is said of {@code *}; nothing said is a no. */
    static boolean allowsGzip(List<String> headers) {
        String all = String.join(",", headers).toLowerCase(Locale.ROOT);
        return weightOf("gzip", all)
                .or(() -> weightOf("x-gzip", all))
                .or(() -> weightOf("*", all))
                .map(weight -> weight > 0)
                .orElse(false);
    }

    private static Optional<Double> weightOf(String coding, String header) {
        for (String item : header.split(",", -1)) {
            String[] parts = item.split(";", -1);
            if (parts[0].strip().equals(coding)) {
                return Optional.of(parts.length < 2 ? 1.0 : weight(parts[1].strip()));
            }
        }
        return Optional.empty();
    }

    private static double weight(String parameter) {
        try {
            return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 0;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
