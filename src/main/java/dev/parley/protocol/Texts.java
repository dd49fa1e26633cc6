package dev.parley.protocol;

/** Checks that texts from outside have in common. */
final class Texts {

    private Texts() {}

    /** Refuses a text of more than {@code max} Unicode code points, or with half a surrogate pair. */
    static void requireAtMost(String what, String text, int max, Refusal.Code code) {
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            throw new ProtocolException(Refusal.of(code, what + ": " + length + " characters, at most " + max));
        }
        if (hasLoneSurrogate(text)) {
            throw new ProtocolException(Refusal.of(code, what + ": half a surrogate pair, not a Unicode text"));
        }
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

    /** At most 40 characters of {@code text}, for a message that quotes it. */
    static String excerpt(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
