package dev.parley.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.Guests;
import dev.parley.protocol.Person;
import dev.parley.time.ManualTimer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabTest {

    private final ManualTimer timer = new ManualTimer();
    private final Guests guests = new Guests(new byte[32], 32);
    private final Lab lab = new Lab(guests, timer, Runnable::run);
    private final Person ada = guests.create();
    private final Person bob = guests.create();

    private Optional<String> cookie(Person guest) {
        return Optional.of(guests.setCookie(guest, "", false).split(";", 2)[0]);
    }

    @Test
    void requestWithATagAndACookieTakesPart() {
        lab.way("after=x&lab=abcdefgh.sse", cookie(ada)).orElseThrow().in(7);

        assertThat(lab.run("abcdefgh", ada).orElseThrow().figures(WayName.SSE).bytesIn())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lab=",
                "lab=abcdefgh",
                "lab=abcdefgh.smtp",
                "lab=abcdefg.sse",
                "lab=Abcdefgh.sse",
                "xlab=abcdefgh.sse",
                "lab=abcdefghabcdefghabcdefghabcdefgh1.sse",
                "lab=abcdefgh.sse2"
            })
    void otherQueriesTakePartInNothing(String query) {
        assertThat(lab.way(query, cookie(ada))).isEmpty();
        assertThat(lab.size()).isZero();
    }

    @Test
    void nobodyTakesPartInAnothersRunOrWithoutACookie() {
        lab.run("abcdefgh", ada);

        assertThat(lab.way("lab=abcdefgh.sse", cookie(bob))).isEmpty();
        assertThat(lab.way("lab=abcdefgh.sse", Optional.empty())).isEmpty();
        assertThat(lab.way("lab=abcdefgh.sse", Optional.of("parley_guest=" + ada.id() + ".QQ.QQ")))
                .isEmpty();
        assertThat(lab.run("abcdefgh", bob)).isEmpty();
    }

    @Test
    void runIsForgottenWhenItWasNotAskedForForMinutes() {
        lab.run("abcdefgh", ada);
        timer.advance(Duration.ofMinutes(4));
        lab.run("abcdefgh", ada);
        timer.advance(Duration.ofMinutes(4));
        assertThat(lab.size()).isEqualTo(1);

        timer.advance(Duration.ofMinutes(2));
        assertThat(lab.size()).isZero();
    }

    @Test
    void guestHasAFewRunsAndTheOldestIsForgottenFirst() {
        lab.run("run00000", bob);
        for (int i = 1; i <= Lab.MOST_FOR_EACH + 1; i++) {
            timer.advance(Duration.ofMillis(1));
            lab.run("run0000" + i, ada);
        }

        assertThat(lab.size()).isEqualTo(1 + Lab.MOST_FOR_EACH);
        assertThat(lab.run("run00001", bob)).isPresent();
        assertThat(lab.run("run00002", bob)).isEmpty();
    }

    @Test
    void thereAreNeverMoreRunsThanTheLimit() {
        for (int i = 0; i <= Lab.MOST; i++) {
            lab.run("run" + (10_000 + i), guests.create());
        }

        assertThat(lab.size()).isEqualTo(Lab.MOST);
    }

    @Test
    void badNameIsRefusedWithWhatItMayBe() {
        assertThatThrownBy(() -> lab.run("x", ada)).hasMessage("8 to 32 of a to z and 0 to 9");
    }
}
