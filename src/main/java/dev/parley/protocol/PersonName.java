package dev.parley.protocol;

import java.text.Normalizer;

/**
 * A person's name: any script, no control characters, none that override the direction of the text around it, and
 * something to see. Immutable.
 *
 * @param value the name, trimmed, in Unicode's normalization form C
 */
public record PersonName(String value) {

    private static final String MADE_UP = "Guest ";

    /** Refuses what is no name, whatever its length. */
    public PersonName {
        value = Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
        value.codePoints().filter(PersonName::isForbidden).findFirst().ifPresent(c -> {
            throw new ProtocolException(Refusal.of(
                    Refusal.Code.BAD_NAME, String.format("name: character U+%04X is not allowed in a name", c)));
        });
        if (value.codePoints().noneMatch(PersonName::isVisible)) {
            throw new ProtocolException(
                    Refusal.of(Refusal.Code.BAD_NAME, "name: nothing to see, at least 1 visible character"));
        }
    }

    /**
     * Trims, normalizes and checks {@code text}.
     *
     * @param maxChars the most Unicode code points that the trimmed and normalized name may have
     * @throws ProtocolException if it is no name
     */
    public static PersonName parse(String text, int maxChars) {
        return new PersonName(Texts.normalized("name", text.strip(), maxChars, Refusal.Code.BAD_NAME));
    }

    /** The name of somebody who has not chosen one: <i>Guest</i> and a number of four digits. */
    public static PersonName madeUp(int number) {
        return new PersonName(MADE_UP + number);
    }

    /** Whether these may be names of the same person: equal, or neither was chosen. */
    public boolean mayBe(PersonName other) {
        return equals(other) || (isMadeUp() && other.isMadeUp());
    }

    private boolean isMadeUp() {
        return value.matches(MADE_UP + "[0-9]{4}");
    }

    private static boolean isForbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        };
    }

    /** What this JDK's Unicode does not know yet is a newer emoji, as a rule. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.SPACE_SEPARATOR, Character.NON_SPACING_MARK -> false;
            default ->
                c != 0x115F && c != 0x1160 && c != 0x3164 && c != 0xFFA0 && c != 0x2800 && (c < 0xE0000 || c > 0xE0FFF);
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
