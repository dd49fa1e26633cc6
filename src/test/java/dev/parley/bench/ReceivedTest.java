package dev.parley.bench;

import static dev.parley.bench.Received.Outcome.DOUBLED;
import static dev.parley.bench.Received.Outcome.IN_ORDER;
import static dev.parley.bench.Received.Outcome.OUT_OF_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceivedTest {

    private final Received received = new Received(2);

    @Test
    void countsEveryNumberOnce() {
        assertThat(received.take(0, 1)).isEqualTo(IN_ORDER);
        assertThat(received.take(0, 2)).isEqualTo(IN_ORDER);
        assertThat(received.take(0, 2)).isEqualTo(DOUBLED);
        assertThat(received.take(0, 1)).isEqualTo(DOUBLED);
        assertThat(received.count(0)).isEqualTo(2);
        assertThat(received.count(1)).isZero();
    }

    @Test
    void whatComesLateIsOutOfOrderAndNotLost() {
        received.take(1, 1);
        assertThat(received.take(1, 4)).isEqualTo(IN_ORDER);
        assertThat(received.take(1, 2)).isEqualTo(OUT_OF_ORDER);
        assertThat(received.take(1, 2)).isEqualTo(DOUBLED);
        assertThat(received.count(1)).isEqualTo(3);
    }

    @Test
    void aHoleLargerThanWhatIsRememberedIsNoDouble() {
        received.take(0, 1);
        assertThat(received.take(0, 1000)).isEqualTo(IN_ORDER);
        assertThat(received.take(0, 999)).isEqualTo(OUT_OF_ORDER);
        assertThat(received.take(0, 1)).isEqualTo(OUT_OF_ORDER);
        assertThat(received.count(0)).isEqualTo(3);
    }
}
