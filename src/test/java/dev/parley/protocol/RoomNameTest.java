package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {

    private static final int MAX = 64;

    @ParameterizedTest
    @ValueSource(strings = {"lobby", "大厅", "комната-7", "غرفة", "कमरा", "a", "_.-", "...", "Room_1.2", "𠮷野家"})
    void lettersMarksAndDigitsOfAnyScriptMakeAName(String name) {
        assertThat(RoomName.parse(name, MAX).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a b", "a/b", "a?b", "a#b", "a%b", "😀", "a\u0000", "a\u202Eb", " a", "a\\b"})
    void anythingElseMakesNone(String name) {
        assertThat(Refusals.of(() -> RoomName.parse(name, MAX)).code()).isEqualTo(Refusal.Code.BAD_ROOM);
    }

    @Test
    void refusalNamesTheCharacter() {
        assertThat(Refusals.of(() -> RoomName.parse("a b", MAX)).message())
                .isEqualTo("room: character U+0020, only letters, digits and '-', '_', '.'");
    }

    @Test
    void decomposedAndComposedNamesAreOneRoom() {
        assertThat(RoomName.parse("cafe\u0301", MAX)).isEqualTo(RoomName.parse("caf\u00E9", MAX));
    }

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(RoomName.parse("𠮷".repeat(MAX), MAX).value()).hasSize(2 * MAX);
        assertThat(Refusals.of(() -> RoomName.parse("𠮷".repeat(MAX + 1), MAX)).message())
                .isEqualTo("room: 65 characters, at most 64");
    }

    @Test
    void lengthIsThatOfTheNormalizedName() {
        assertThat(RoomName.parse("e\u0301".repeat(MAX), MAX).value()).hasSize(MAX);
        // U+FB2C becomes three code points in normalization form C.
        assertThat(Refusals.of(() -> RoomName.parse("\uFB2C".repeat(MAX), MAX)).message())
                .isEqualTo("room: 192 characters, at most 64");
    }

    @Test
    void halfASurrogatePairIsNoText() {
        assertThat(Refusals.of(() -> RoomName.parse("a\uD83D", MAX)).code()).isEqualTo(Refusal.Code.BAD_MESSAGE);
    }
}
