package dev.parley.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a browser is told not to do, on every answer that it could show. */
final class SecurityHeaders {

    /** A name or an IPv4 address, with or without a port; what else a Host header may hold, a policy cannot. */
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*" + "(:[0-9]{1,5})?");

    private static final int MAX_HOST_CHARS = 260;

    private SecurityHeaders() {}

    static void set(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", contentPolicy(request.getHeader("Host")));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** Older Safari does not count a WebSocket to the same host as {@code 'self'}, so it is named. */
    static String contentPolicy(@Nullable String host) {
        String sockets = isHost(host) ? " ws://" + host + " wss://" + host : "";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self';"
                + " connect-src 'self'"
                + sockets + "; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    }

    private static boolean isHost(@Nullable String host) {
        return host != null
                && host.length() <= MAX_HOST_CHARS
                && HOST.matcher(host).matches();
    }
}
