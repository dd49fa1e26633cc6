package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Refusal;
import dev.parley.time.ManualTimer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RatesTest {

    private final ManualTimer timer = new ManualTimer();
    private final Rates rates = new Rates(10, 3, timer);

    private int taken(Rates from, String person, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += from.take(person).isEmpty() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void burstIsTakenAtOnceAndThenSoManyASecond() {
        assertThat(taken(rates, "ada", 10)).isEqualTo(3);

        timer.advance(Duration.ofMillis(100));
        assertThat(taken(rates, "ada", 10)).isEqualTo(1);

        timer.advance(Duration.ofHours(1));
        assertThat(taken(rates, "ada", 10)).isEqualTo(3);
    }

    @Test
    void refusalSaysWhenItPasses() {
        taken(rates, "ada", 3);
        timer.advance(Duration.ofMillis(30));

        assertThat(rates.take("ada"))
                .contains(Refusal.later(
                        Refusal.Code.RATE, "rate: faster than 10 messages a second after a burst of 3", 70));
        timer.advance(Duration.ofMillis(69));
        assertThat(rates.take("ada")).isPresent();
        timer.advance(Duration.ofMillis(1));
        assertThat(rates.take("ada")).isEmpty();
    }

    @Test
    void onePersonsHasteIsNobodyElses() {
        taken(rates, "ada", 10);

        assertThat(rates.take("han")).isEmpty();
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(taken(new Rates(0, 1, timer), "ada", 1000)).isEqualTo(1000);
    }

    @Test
    void whoHasBeenSilentIsForgotten() {
        for (int i = 0; i <= 10_000; i++) {
            rates.take("guest " + i);
        }
        timer.advance(Duration.ofSeconds(1));

        rates.take("ada");

        assertThat(rates.size()).isEqualTo(1);
    }

    @Test
    void crowdThatIsBusyIsNotSearchedForEachMessage() {
        for (int i = 0; i < 100_000; i++) {
            rates.take("guest " + i);
        }

        assertThat(rates.size()).isEqualTo(100_000);
    }
}
