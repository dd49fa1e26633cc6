package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void limitCountsCodePointsNotUtf16() {
        assertThatCode(() -> Texts.requireText("😀".repeat(4000), Limits.DEFAULT))
                .doesNotThrowAnyException();
    }

    @Test
    void textOverTheLimitIsRefusedWithItsLengthAndTheLimit() {
        assertThat(Refusals.of(() -> Texts.requireText("é".repeat(4312), Limits.DEFAULT)))
                .isEqualTo(Refusal.of(Refusal.Code.TOO_LARGE, "text: 4312 characters, at most 4000"));
    }

    @Test
    void emptyTextIsRefused() {
        assertThat(Refusals.of(() -> Texts.requireText("", Limits.DEFAULT)).code())
                .isEqualTo(Refusal.Code.BAD_MESSAGE);
    }

    @Test
    void halfASurrogatePairIsNoTextWhereverItStands() {
        for (String text : new String[] {"\uD83D", "a\uDE00", "\uD83Da", "\uDE00\uD83D", "😀\uD83D"}) {
            assertThat(Refusals.of(() -> Texts.requireText(text, Limits.DEFAULT))
                            .code())
                    .isEqualTo(Refusal.Code.BAD_MESSAGE);
        }
    }
}
