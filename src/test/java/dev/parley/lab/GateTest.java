package dev.parley.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.time.ManualTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final Duration LASTING = Duration.ofSeconds(10);

    private final ManualTimer timer = new ManualTimer();
    private final Way way = new Way(timer, Runnable::run, false);
    private final List<String> out = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Gate gate = way.gate(() -> out.add("cut"));

    private void pass(String text, int bytes, boolean last) {
        Gate.Write write = written -> {
            out.add(text);
            written.done(null);
        };
        gate.pass(bytes, last, write, failure -> done.add(text));
    }

    @Test
    void withoutTroubleWritesPassAtOnce() {
        pass("a", 1, false);
        pass("b", 1, true);

        assertThat(out).containsExactly("a", "b");
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void delayedWritesGoOutEachAfterItsTimeAndAreDoneAtOnce() {
        way.make(new Trouble(Trouble.Kind.DELAY, 500, LASTING));
        pass("a", 1, false);
        timer.advance(Duration.ofMillis(300));
        pass("b", 1, false);
        timer.advance(Duration.ofMillis(200));

        assertThat(out).containsExactly("a");
        assertThat(done).containsExactly("a", "b");
        timer.advance(Duration.ofMillis(300));
        assertThat(out).containsExactly("a", "b");
    }

    @Test
    void lastWriteIsDoneWhenItIsOut() {
        way.make(new Trouble(Trouble.Kind.DELAY, 500, LASTING));
        pass("a", 1, true);
        assertThat(done).isEmpty();

        timer.advance(Duration.ofMillis(500));
        assertThat(done).containsExactly("a");
    }

    @Test
    void writerWaitsWhenTooMuchIsHeldBack() {
        way.make(new Trouble(Trouble.Kind.DELAY, 500, LASTING));
        pass("a", Gate.MOST_BYTES, false);
        pass("b", 1, false);
        assertThat(done).containsExactly("a");

        timer.advance(Duration.ofMillis(500));
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void bufferIsLetOutWhenItIsFull() {
        way.make(new Trouble(Trouble.Kind.BUFFER, 1, LASTING));
        pass("a", 1000, false);
        assertThat(out).isEmpty();

        pass("b", 24, false);
        pass("c", 1, false);
        assertThat(out).containsExactly("a", "b");
    }

    @Test
    void bufferIsLetOutAtTheEnd() {
        way.make(new Trouble(Trouble.Kind.BUFFER, 1, LASTING));
        pass("a", 1, false);
        gate.end(() -> out.add("closed"));

        assertThat(out).containsExactly("a", "closed");
    }

    @Test
    void troubleEndsByItselfAndLetsOutWhatItHeld() {
        way.make(new Trouble(Trouble.Kind.BUFFER, 64, LASTING));
        pass("a", 1, false);
        timer.advance(LASTING);
        pass("b", 1, false);

        assertThat(out).containsExactly("a", "b");
    }

    @Test
    void newTroubleIsNotEndedByTheOldOnesTime() {
        way.make(new Trouble(Trouble.Kind.BUFFER, 64, LASTING));
        timer.advance(Duration.ofSeconds(9));
        way.make(new Trouble(Trouble.Kind.BUFFER, 64, LASTING));
        timer.advance(Duration.ofSeconds(9));
        pass("a", 1, false);

        assertThat(out).isEmpty();
    }

    @Test
    void halfOpenConnectionSwallowsEverythingAndIsCutAtTheEnd() {
        way.make(new Trouble(Trouble.Kind.HALF_OPEN, 0, LASTING));
        pass("a", 1, false);
        assertThat(gate.isDead()).isTrue();
        assertThat(done).containsExactly("a");
        assertThat(out).isEmpty();

        timer.advance(LASTING);
        assertThat(out).containsExactly("cut");
    }

    @Test
    void whatComesAfterAHalfOpenConnectionIsWhole() {
        way.make(new Trouble(Trouble.Kind.HALF_OPEN, 0, LASTING));
        Gate next = way.gate(() -> out.add("cut next"));
        next.pass(1, true, written -> written.done(null), failure -> done.add("next"));

        assertThat(done).containsExactly("next");
        timer.advance(LASTING);
        assertThat(out).containsExactly("cut");
    }

    @Test
    void whereNothingIsOpenTheNextIsHalfOpen() {
        gate.closed();
        way.make(new Trouble(Trouble.Kind.HALF_OPEN, 0, LASTING));

        assertThat(way.gate(() -> {}).isDead()).isTrue();
        assertThat(way.gate(() -> {}).isDead()).isFalse();
    }

    @Test
    void failureOfAWriteThatWasDoneEarlyIsToldToTheNext() {
        way.make(new Trouble(Trouble.Kind.DELAY, 500, LASTING));
        List<Object> told = new ArrayList<>();
        IOException broken = new IOException("broken");
        gate.pass(1, false, written -> written.done(broken), failure -> {});
        timer.advance(Duration.ofMillis(500));
        gate.pass(1, false, written -> written.done(null), told::add);

        assertThat(told).containsExactly(broken);
    }
}
