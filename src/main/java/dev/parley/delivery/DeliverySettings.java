package dev.parley.delivery;

import java.time.Duration;

/**
 * How long delivery waits. Immutable.
 *
 * @param heartbeat the longest that the server is silent; a client that is not heard for two is dead
 * @param writeTimeout how long one write may make no progress
 */
public record DeliverySettings(Duration heartbeat, Duration writeTimeout) {

    /** The pause between two checks of all connections. */
    static final Duration CHECK = Duration.ofMillis(500);
}
