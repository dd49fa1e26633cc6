package dev.parley.access;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How WebSocket handshakes looked when they came here, for a page that wants to know what a proxy made of its own: a browser
 * does not show it. Each is known by a random token that the page put into its URL; the newest {@value #MOST} are kept for a
 * minute. Headers that say who somebody is are never kept. Thread-safe.
 */
public final class Handshakes {

    /** How many are remembered at once. */
    static final int MOST = 256;

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MAX_TOKEN_CHARS = 64;
    private static final int MAX_VALUE_CHARS = 200;

    /** What is told of a request: what proxies add, drop and change. */
    private static final String[] TOLD = {
        "Host",
        "Connection",
        "Upgrade",
        "Origin",
        "Sec-WebSocket-Version",
        "Via",
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Real-IP"
    };

    private final Timer timer;

    @GuardedBy("this")
    private final Map<String, Noted> noted = new LinkedHashMap<>();

    /** Forgets by {@code timer}. */
    public Handshakes(Timer timer) {
        this.timer = timer;
    }

    /**
     * How a request looked.
     *
     * @param upgraded whether it was taken for a WebSocket
     * @param headers by their names in lower case, of several values the first, at most 200 characters of each
     */
    public record Seen(boolean upgraded, Map<String, String> headers) {

        /** Copies the map in. */
        public Seen {
            headers = Map.copyOf(headers);
        }

        /** What may be told of a request whose headers {@code header} finds. */
        public static Seen of(boolean upgraded, Function<String, Optional<String>> header) {
            Map<String, String> headers = new TreeMap<>();
            Stream.of(TOLD)
                    .forEach(name -> header.apply(name)
                            .map(value -> value.substring(0, Math.min(MAX_VALUE_CHARS, value.length())))
                            .ifPresent(value -> headers.put(name.toLowerCase(Locale.ROOT), value)));
            return new Seen(upgraded, headers);
        }
    }

    /** Remembers the last handshake with this token; one that is empty or longer than 64 characters is nobody's. */
    public synchronized void note(String token, Seen seen) {
        if (token.isEmpty() || token.length() > MAX_TOKEN_CHARS) {
            return;
        }
        forget();
        noted.remove(token);
        noted.put(token, new Noted(seen, timer.nanoTime()));
        if (noted.size() > MOST) {
            noted.remove(noted.keySet().iterator().next());
        }
    }

    /** The last handshake with this token, if it came within the last minute. */
    public synchronized Optional<Seen> seen(String token) {
        forget();
        return Optional.ofNullable(noted.get(token)).map(Noted::seen);
    }

    @GuardedBy("this")
    private void forget() {
        long now = timer.nanoTime();
        noted.values().removeIf(note -> now - note.at >= KEPT.toNanos());
    }

    private record Noted(Seen seen, long at) {}
}
