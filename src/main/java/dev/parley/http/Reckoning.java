package dev.parley.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;

/**
 * What a request and its answer must have been in HTTP/1.1, where the container shows no bytes: its own headers are guessed
 * to be {@code Date} and what the framing needs.
 */
final class Reckoning {

    private static final int DATE_BYTES = "Date: Fri, 20 Nov 2026 13:44:27 GMT\r\n".length();
    private static final int CHUNKED_BYTES = "Transfer-Encoding: chunked\r\n".length();
    private static final int LAST_CHUNK_BYTES = "0\r\n\r\n".length();

    private Reckoning() {}

    /** The request with its body, if it says how long that is. */
    static long request(HttpServletRequest request) {
        String query =
                Optional.ofNullable(request.getQueryString()).map(q -> "?" + q).orElse("");
        long bytes = (request.getMethod() + " " + request.getRequestURI() + query + " HTTP/1.1\r\n\r\n").length();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                bytes += line(name, value);
            }
        }
        return bytes + Math.max(0, request.getContentLengthLong());
    }

    /** The head of the answer, as it is when the body begins. */
    static long head(HttpServletResponse response) {
        long bytes = ("HTTP/1.1 " + response.getStatus() + " \r\n\r\n").length() + DATE_BYTES;
        for (String name : response.getHeaderNames()) {
            for (String value : response.getHeaders(name)) {
                bytes += line(name, value);
            }
        }
        String type = response.getContentType();
        if (type != null && !response.getHeaderNames().contains("Content-Type")) {
            bytes += line("Content-Type", type);
        }
        return bytes + (isWhole(response) ? 0 : CHUNKED_BYTES);
    }

    /** A piece of the body, in a chunk unless the answer said its length. */
    static long body(HttpServletResponse response, int bytes, boolean last) {
        if (isWhole(response)) {
            return bytes;
        }
        int chunk = bytes == 0 ? 0 : Integer.toHexString(bytes).length() + 4;
        return bytes + chunk + (last ? LAST_CHUNK_BYTES : 0);
    }

    private static boolean isWhole(HttpServletResponse response) {
        return response.getStatus() == 304 || response.getStatus() == 204 || response.containsHeader("Content-Length");
    }

    private static long line(String name, String value) {
        return name.length() + value.getBytes(StandardCharsets.UTF_8).length + ": \r\n".length();
    }
}
