package dev.parley.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code If-None-Match}, RFC 9110, 13.1.2. */
final class EntityTag {

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

    private EntityTag() {}

    /** Whether the client has what {@code etag}, a quoted strong tag, stands for; compared weakly, as GET wants it. */
    static boolean matches(List<String> headers, String etag) {
        for (String header : headers) {
            if (header.strip().equals("*")) {
                return true;
            }
            Matcher tags = TAG.matcher(header);
            while (tags.find()) {
                if (tags.group(1).equals(etag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
