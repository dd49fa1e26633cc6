package dev.parley.access;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may talk to this server (RFC 6454, RFC 6455 section 10.2). A request without {@code Origin} is no browser's
 * and passes; otherwise the page must come from the host and port that the request itself names, or be on the allow-list.
 * Immutable.
 */
public final class Origins {

    private final boolean any;
    private final Set<String> allowed;

    /** Allows, besides the same origin, those of {@code allowed}: {@code scheme://host[:port]}, or {@code *} for all. */
    public Origins(Iterable<String> allowed) {
        Set<String> set = new java.util.HashSet<>();
        allowed.forEach(origin -> set.add(origin.toLowerCase(Locale.ROOT)));
        this.any = set.contains("*");
        this.allowed = set.stream().map(Origins::withoutSlash).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a page of {@code origin} may talk to the server at {@code host}.
     *
     * @param origin the {@code Origin} header
     * @param host the {@code Host} header
     */
    public boolean allows(Optional<String> origin, Optional<String> host) {
        if (any || origin.isEmpty()) {
            return true;
        }
        String page = origin.get().strip().toLowerCase(Locale.ROOT);
        return allowed.contains(page)
                || (host.isPresent() && authority(page).equals(Optional.of(withoutDefaultPort(page, host.get()))));
    }

    /** Host and port of an origin, without the scheme's default port; empty for {@code null} and other oddities. */
    private static Optional<String> authority(String origin) {
        try {
            URI uri = new URI(origin);
            if (uri.getHost() == null || uri.getAuthority() == null || uri.getUserInfo() != null) {
                return Optional.empty();
            }
            return Optional.of(withoutDefaultPort(origin, uri.getAuthority()));
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The scheme is the page's: behind a proxy that ends TLS the server does not know its own. */
    private static String withoutDefaultPort(String origin, String authority) {
        String port = origin.startsWith("https:") ? ":443" : ":80";
        String lower = authority.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }

    private static String withoutSlash(String origin) {
        return origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
    }
}
