package dev.parley.http;

import dev.parley.access.Handshakes;
import dev.parley.time.Timer;
import java.time.Duration;

/**
 * What the proxy doctor works with, besides the {@link HttpEdge}. Immutable.
 *
 * @param timer when the next piece of a stream is due
 * @param handshakes what handshakes looked like when they came
 * @param heartbeat the longest that the server is silent on a connection of its own
 */
public record DoctorEdge(Timer timer, Handshakes handshakes, Duration heartbeat) {}
