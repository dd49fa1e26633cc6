package dev.parley.protocol;

import java.util.regex.Pattern;

/**
 * A place in a room's log: everything up to and including {@code seq} has been had. On the wire {@code epoch:seq}, opaque
 * to clients. Immutable.
 *
 * @param epoch the identity of the log: 1 to 16 of {@code a-z 0-9}
 * @param seq the sequence number of the last entry had, 0 for none
 */
public record Cursor(String epoch, long seq) {

    private static final Pattern FORM = Pattern.compile("([a-z0-9]{1,16}):(0|[1-9][0-9]{0,17})");

    /** Refuses what can be no place in a log. */
    public Cursor {
        if (!isEpoch(epoch) || seq < 0) {
            throw new IllegalArgumentException("epoch '" + epoch + "', seq " + seq);
        }
    }

    /** Without an expression: every message of every room has a cursor. */
    private static boolean isEpoch(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 16;
    }

    /**
     * Reads the wire form.
     *
     * @throws ProtocolException if it is not one
     */
    public static Cursor parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new ProtocolException(Refusal.of(
                    Refusal.Code.BAD_CURSOR, "cursor: '" + Texts.excerpt(text) + "', not one that this server gave"));
        }
        return new Cursor(form.group(1), Long.parseLong(form.group(2)));
    }

    /** The wire form. */
    @Override
    public String toString() {
        return epoch + ':' + seq;
    }
}
