package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

    private static final int MAX = 32;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "李雷",
                "Zoë O'Brien-Łukasz",
                "أحمد",
                "ศักดิ์",
                "👩\u200D👩\u200D👧",
                "🏴\uDB40\uDC67\uDB40\uDC62",
                "a\u200Eb",
                "<b>",
                "\uD83E\uDEE0"
            })
    void namesOfAnyScriptAndEmojiAreFine(String name) {
        assertThat(PersonName.parse(name, MAX).value()).isEqualTo(name);
    }

    @Test
    void emojiThatIsNewerThanThisJdkIsFine() {
        String unassigned = Character.toString(0x1FAFF);

        assertThat(PersonName.parse(unassigned, MAX).value()).isEqualTo(unassigned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000",
                "a\u007F",
                "a\u0085b",
                "\u202Ea",
                "a\u2066b",
                "a\u2069",
                "a\u2028b",
                "a\u2029b"
            })
    void controlCharactersAndDirectionOverridesAreRefused(String name) {
        Refusal refusal = Refusals.of(() -> PersonName.parse(name, MAX));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_NAME);
        assertThat(refusal.message()).matches("name: character U\\+[0-9A-F]{4} is not allowed in a name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u00A0",
                "\u200B\u200D",
                "\u3164",
                "\u115F\u1160",
                "\uFFA0",
                "\u2800",
                "\u0301",
                "\uFEFF",
                "\uDB40\uDC67"
            })
    void nameWithNothingToSeeIsRefused(String name) {
        assertThat(Refusals.of(() -> PersonName.parse(name, MAX)).code()).isEqualTo(Refusal.Code.BAD_NAME);
    }

    @Test
    void spaceAroundANameDoesNotCount() {
        assertThat(PersonName.parse(" ".repeat(40) + "Han" + "\t".repeat(40), MAX)
                        .value())
                .isEqualTo("Han");
    }

    @Test
    void namesAreComposed() {
        assertThat(PersonName.parse("Zoe\u0308", MAX)).isEqualTo(PersonName.parse("Zo\u00EB", MAX));
    }

    @Test
    void lengthIsThatOfTheNormalizedName() {
        assertThat(PersonName.parse("e\u0301".repeat(MAX), MAX).value()).hasSize(MAX);
        assertThat(Refusals.of(() -> PersonName.parse("\uFB2C".repeat(MAX), MAX))
                        .message())
                .isEqualTo("name: 96 characters, at most 32");
    }

    @Test
    void longNameIsRefusedWithItsLengthAndTheLimit() {
        assertThat(Refusals.of(() -> PersonName.parse("😀".repeat(33), MAX)))
                .isEqualTo(Refusal.of(Refusal.Code.BAD_NAME, "name: 33 characters, at most 32"));
    }
}
