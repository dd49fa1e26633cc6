package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.time.ManualTimer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakesTest {

    private final ManualTimer timer = new ManualTimer();
    private final Handshakes handshakes = new Handshakes(timer);

    @Test
    void lastOneWithATokenIsToldForAMinute() {
        handshakes.note("a", seen("first"));
        handshakes.note("a", seen("last"));
        timer.advance(Duration.ofSeconds(59));

        assertThat(handshakes.seen("a")).contains(seen("last"));
        timer.advance(Duration.ofSeconds(1));
        assertThat(handshakes.seen("a")).isEmpty();
        assertThat(handshakes.seen("b")).isEmpty();
    }

    @Test
    void newestPushTheOldestOut() {
        for (int i = 0; i <= Handshakes.MOST; i++) {
            handshakes.note("token " + i, seen("host"));
        }

        assertThat(handshakes.seen("token 0")).isEmpty();
        assertThat(handshakes.seen("token 1")).isPresent();
        assertThat(handshakes.seen("token " + Handshakes.MOST)).isPresent();
    }

    @Test
    void tokenThatIsNoneIsNotKept() {
        handshakes.note("", seen("host"));
        handshakes.note("x".repeat(65), seen("host"));

        assertThat(handshakes.seen("")).isEmpty();
        assertThat(handshakes.seen("x".repeat(65))).isEmpty();
    }

    @Test
    void whoSomebodyIsIsNotKeptNorWhatIsLong() {
        Map<String, String> sent = Map.of("Host", "h".repeat(300), "Cookie", "secret", "Authorization", "secret");

        var seen = Handshakes.Seen.of(false, name -> Optional.ofNullable(sent.get(name)));

        assertThat(seen.headers()).isEqualTo(Map.of("host", "h".repeat(200)));
    }

    private static Handshakes.Seen seen(String host) {
        return new Handshakes.Seen(true, Map.of("host", host));
    }
}
