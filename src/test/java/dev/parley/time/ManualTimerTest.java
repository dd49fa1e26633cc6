package dev.parley.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimerTest {

    private final ManualTimer timer = new ManualTimer(Instant.EPOCH);
    private final List<String> ran = new ArrayList<>();

    @Test
    void tasksRunInOrderAndEachAtItsTime() {
        timer.schedule(Duration.ofSeconds(2), () -> ran.add("b at " + timer.now()));
        timer.schedule(Duration.ofSeconds(1), () -> ran.add("a at " + timer.now()));
        timer.schedule(Duration.ofSeconds(2), () -> ran.add("c at " + timer.now()));

        timer.advance(Duration.ofSeconds(2));

        assertThat(ran)
                .containsExactly("a at 1970-01-01T00:00:01Z", "b at 1970-01-01T00:00:02Z", "c at 1970-01-01T00:00:02Z");
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void taskThatSchedulesItselfRunsAsOftenAsItsTimeComes() {
        timer.schedule(Duration.ofMinutes(1), this::tick);

        timer.advance(Duration.ofMinutes(3).plusSeconds(59));

        assertThat(ran).hasSize(3);
        assertThat(timer.nanoTime()).isEqualTo(239_000_000_000L);
    }

    private void tick() {
        ran.add("tick");
        timer.schedule(Duration.ofMinutes(1), this::tick);
    }

    @Test
    void cancelledTaskNeverRuns() {
        timer.schedule(Duration.ofSeconds(1), () -> ran.add("never")).cancel();

        timer.advance(Duration.ofHours(1));

        assertThat(ran).isEmpty();
    }

    @Test
    void jumpOfTheWallClockMovesNoTask() {
        timer.schedule(Duration.ofSeconds(1), () -> ran.add("a"));

        timer.jump(Duration.ofDays(-1));
        timer.advance(Duration.ofMillis(999));

        assertThat(ran).isEmpty();
        assertThat(timer.now()).isEqualTo(Instant.EPOCH.plusMillis(999).minus(Duration.ofDays(1)));
    }
}
