package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"k3f9:41", "a:0", "0123456789abcdef:999999999999999999"})
    void wireFormComesBackAsItWas(String text) {
        assertThat(Cursor.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "a:",
                ":1",
                "a:-1",
                "a:01",
                "a:1000000000000000000",
                "A:1",
                "a:1 ",
                "a:1:2",
                "a:٣",
                "a:1\n",
                "0123456789abcdefg:1",
                "\uD83D"
            })
    void anythingElseIsNoCursor(String text) {
        assertThat(Refusals.of(() -> Cursor.parse(text)).code()).isEqualTo(Refusal.Code.BAD_CURSOR);
    }

    @Test
    void placeBeforeTheBeginningIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor("a", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor("A", 1));
    }

    @Test
    void refusalQuotesAShortPieceThatCanBeSent() {
        assertThat(Refusals.of(() -> Cursor.parse("\uD83D" + "x".repeat(100_000)))
                        .message())
                .isEqualTo("cursor: '?" + "x".repeat(39) + "…', not one that this server gave");
    }
}
