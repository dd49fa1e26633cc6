package dev.parley.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of an HTTP answer. Immutable.
 *
 * @param status the status code
 * @param reason the rest of the status line
 * @param headers by name, in any case; the last of several
 * @param bytes how long the head is
 */
record HttpHead(int status, String reason, Map<String, String> headers, int bytes) {

    /** The longest head that is waited for. */
    static final int MAX_BYTES = 32 * 1024;

    /** The head that the bytes begin with; empty if it is not whole yet. */
    static Optional<HttpHead> parse(byte[] bytes, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                String text = new String(bytes, from, i - from, StandardCharsets.ISO_8859_1);
                return Optional.of(of(text, i + 4 - from));
            }
        }
        return Optional.empty();
    }

    private static HttpHead of(String text, int bytes) {
        String[] lines = text.split("\r\n");
        String[] status = lines[0].split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
        }
        boolean http = status.length > 1 && status[0].startsWith("HTTP/1.") && status[1].matches("[0-9]{3}");
        return new HttpHead(http ? Integer.parseInt(status[1]) : 0, status.length > 2 ? status[2] : "", headers, bytes);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The first cookie that the answer sets, {@code name=value}. */
    Optional<String> cookie() {
        return header("Set-Cookie").map(cookie -> cookie.split(";", 2)[0]);
    }

    /** Bytes of the body; 0 if that is not told. */
    int contentLength() {
        return header("Content-Length")
                .filter(length -> length.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    boolean isChunked() {
        return header("Transfer-Encoding")
                .filter(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"))
                .isPresent();
    }
}
