package dev.parley.protocol;

/**
 * The name of a room: letters and marks of any script, digits, {@code -}, {@code _} and {@code .}, in Unicode's
 * normalization form C; not {@code .} or {@code ..}, which a URL swallows. Immutable.
 *
 * @param value the name itself, case-sensitive
 */
public record RoomName(String value) {

    /** Refuses anything that is not a room's name, whatever its length. */
    public RoomName {
        if (value.isEmpty()) {
            throw new ProtocolException(Refusal.of(Refusal.Code.BAD_ROOM, "room: empty, at least 1 character"));
        }
        if (value.equals(".") || value.equals("..")) {
            throw new ProtocolException(Refusal.of(Refusal.Code.BAD_ROOM, "room: '" + value + "' is not a name"));
        }
        for (int i = 0, c; i < value.length(); i += Character.charCount(c)) {
            c = value.codePointAt(i);
            if (!isAllowed(c)) {
                throw new ProtocolException(Refusal.of(
                        Refusal.Code.BAD_ROOM,
                        String.format("room: character U+%04X, only letters, digits and '-', '_', '.'", c)));
            }
        }
    }

    /**
     * Normalizes and checks {@code text}.
     *
     * @param maxChars the most Unicode code points that the normalized name may have
     * @throws ProtocolException if it is no room's name
     */
    public static RoomName parse(String text, int maxChars) {
        return new RoomName(Texts.normalized("room", text, maxChars, Refusal.Code.BAD_ROOM));
    }

    private static boolean isAllowed(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> Character.isLetter(c) || c == '-' || c == '_' || c == '.';
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
