package dev.parley.access;

import java.util.HashSet;
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
        Set<String> set = new HashSet<>();
        allowed.forEach(origin -> set.add(origin.toLowerCase(Locale.ROOT)));
        this.any = set.contains("*");
        this.allowed = set.stream().map(Origins::withoutDefaultPort).collect(Collectors.toUnmodifiableSet());
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
        String page = withoutDefaultPort(origin.get().strip().toLowerCase(Locale.ROOT));
        return allowed.contains(page)
                || host.filter(named -> !named.isBlank())
                        .map(named -> page.equals(here(page, named)))
                        .orElse(false);
    }

    /** The origin of this server, under the page's scheme: behind a proxy that ends TLS it does not know its own. */
    private static String here(String page, String host) {
        String scheme = page.startsWith("https://") ? "https://" : "http://";
        return withoutDefaultPort(scheme + host.strip().toLowerCase(Locale.ROOT));
    }

    private static String withoutDefaultPort(String origin) {
        String port = origin.startsWith("https:") ? ":443" : ":80";
        String bare = origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
        return bare.endsWith(port) ? bare.substring(0, bare.length() - port.length()) : bare;
    }
}
