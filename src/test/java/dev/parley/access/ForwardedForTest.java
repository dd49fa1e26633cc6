package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForwardedForTest {

    private static final String PEER = "10.0.0.1";

    private final ForwardedFor trusting = new ForwardedFor(true);

    @Test
    void headerIsBelievedOnlyIfTrusted() {
        assertThat(new ForwardedFor(false).address(PEER, Optional.of("1.2.3.4")))
                .isEqualTo(PEER);
        assertThat(trusting.address(PEER, Optional.of("1.2.3.4"))).isEqualTo("1.2.3.4");
    }

    @Test
    void addressThatTheNearestProxyAddedCounts() {
        assertThat(trusting.address(PEER, Optional.of("6.6.6.6, 1.2.3.4 "))).isEqualTo("1.2.3.4");
    }

    @Test
    void oddHeaderIsNoAddress() {
        assertThat(trusting.address(PEER, Optional.empty())).isEqualTo(PEER);
        assertThat(trusting.address(PEER, Optional.of(""))).isEqualTo(PEER);
        assertThat(trusting.address(PEER, Optional.of("1.2.3.4,"))).isEqualTo(PEER);
        assertThat(trusting.address(PEER, Optional.of("x".repeat(65)))).isEqualTo(PEER);
    }
}
