package dev.parley.http;

import java.util.List;
import java.util.Locale;

/** Reads {@code Accept}, RFC 9110, 12.5.1. Immutable. */
final class Accept {

    private final String ranges;

    /** No header accepts everything. */
    Accept(List<String> headers) {
        String all = String.join(",", headers).toLowerCase(Locale.ROOT);
        this.ranges = all.isBlank() ? "*/*" : all;
    }

    /** How much {@code type} is liked, 0 for not at all: what is said of it counts, then of its kind, then of all. */
    double weightOf(String type) {
        String kind = type.substring(0, type.indexOf('/')) + "/*";
        double weight = 0;
        int precision = -1;
        for (String range : ranges.split(",", -1)) {
            String[] parts = range.split(";", -1);
            String name = parts[0].strip();
            int matches = name.equals(type) ? 2 : name.equals(kind) ? 1 : name.equals("*/*") ? 0 : -1;
            if (matches > precision) {
                precision = matches;
                weight = weight(parts);
            }
        }
        return weight;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException malformed) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
