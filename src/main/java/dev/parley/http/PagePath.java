package dev.parley.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The path of a file that may be served, as {@code ServletContext.getResource} takes it. It is read from the raw request
 * target and says what is allowed, not what is forbidden: our own files need no encoding, parameters or dots at a name's
 * beginning or end, so whatever has them ({@code %2e}, {@code ;jsessionid=}, {@code \}, {@code ..}) names no file.
 * Immutable.
 *
 * @param value begins with a slash
 * @param type the content type, with its charset
 */
record PagePath(String value, String type) {

    private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*)+");
    private static final Set<String> PRIVATE = Set.of("web-inf", "meta-inf", "dev");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=UTF-8"),
            Map.entry("css", "text/css;charset=UTF-8"),
            Map.entry("js", "text/javascript;charset=UTF-8"),
            Map.entry("json", "application/json;charset=UTF-8"),
            Map.entry("webmanifest", "application/manifest+json;charset=UTF-8"),
            Map.entry("txt", "text/plain;charset=UTF-8"),
            Map.entry("svg", "image/svg+xml;charset=UTF-8"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    /**
     * What follows the context path, still encoded; empty for the context path itself. Counts segments, since containers
     * do not agree on how the two are encoded.
     */
    static String inside(String contextPath, String requestUri) {
        int at = 0;
        for (long segments = contextPath.chars().filter(c -> c == '/').count(); segments > 0; segments--) {
            int slash = requestUri.indexOf('/', at + 1);
            at = slash < 0 ? requestUri.length() : slash;
        }
        return requestUri.substring(at);
    }

    /** A reference from {@code target} to the same with a slash: relative, so it needs no encoding and no proxy's path. */
    static String withSlash(String target) {
        String last = target.substring(target.lastIndexOf('/') + 1);
        int parameters = last.indexOf(';');
        return "./" + (parameters < 0 ? last : last.substring(0, parameters)) + "/";
    }

    /** Empty for anything that is no file of the page; {@code /} is {@code /index.html}. */
    static Optional<PagePath> parse(String inside) {
        String path = inside.equals("/") ? "/index.html" : inside;
        if (!SAFE.matcher(path).matches() || PRIVATE.contains(firstSegment(path))) {
            return Optional.empty();
        }
        String extension = path.substring(path.lastIndexOf('.') + 1);
        return Optional.ofNullable(TYPES.get(extension)).map(type -> new PagePath(path, type));
    }

    /** In lower case: some file systems do not tell {@code web-inf} from {@code WEB-INF}. */
    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return path.substring(1, end < 0 ? path.length() : end).toLowerCase(Locale.ROOT);
    }
}
