package dev.parley.protocol;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Checks that texts from outside have in common. */
public final class Texts {

    private Texts() {}

    /** Refuses a text of more than {@code max} Unicode code points, or with half a surrogate pair. */
    static void requireAtMost(String what, String text, int max, Refusal.Code code) {
        requireAtMost(what, text, max, code, max);
    }

    private static void requireAtMost(String what, String text, int enough, Refusal.Code code, int max) {
        int length = text.codePointCount(0, text.length());
        if (length > enough) {
            throw new ProtocolException(Refusal.of(code, what + ": " + length + " characters, at most " + max));
        }
        if (hasLoneSurrogate(text)) {
            throw new ProtocolException(
                    Refusal.of(Refusal.Code.BAD_MESSAGE, what + ": half a surrogate pair, not a Unicode text"));
        }
    }

    /** The text in Unicode's normalization form C, refused if that has more than {@code max} code points. */
    static String normalized(String what, String text, int max, Refusal.Code code) {
        // No code point stands for more than four; what is longer is refused before it costs anything.
        requireAtMost(what, text, 4 * max, code, max);
        String normalized = Normalizer.normalize(text, Normalizer.Form.NFC);
        requireAtMost(what, normalized, max, code);
        return normalized;
    }

    /** Refuses what cannot be said in a room. */
    public static void requireText(String text, Limits limits) {
        if (text.isEmpty()) {
            throw new ProtocolException(Refusal.of(Refusal.Code.BAD_MESSAGE, "text: empty, at least 1 character"));
        }
        requireAtMost("text", text, limits.textChars(), Refusal.Code.TOO_LARGE);
    }

    /** Refuses what cannot be a message's key; returns it. */
    public static String requireKey(String key) {
        if (key.isEmpty()) {
            throw Fields.bad("key: empty, at least 1 character");
        }
        requireAtMost("key", key, Limits.KEY_CHARS, Refusal.Code.BAD_MESSAGE);
        return key;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                return true;
            }
            i++;
        }
        return false;
    }

    /** At most 40 characters of {@code text}, fit to be sent, for a message that quotes it. */
    public static String excerpt(String text) {
        String start = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return new String(start.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
