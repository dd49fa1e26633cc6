package dev.parley.lab;

import java.util.Arrays;
import java.util.Optional;

/** The ways to receive that the lab compares. */
public enum WayName {
    POLL("poll"),
    LONG_POLL("longpoll"),
    IFRAME("iframe"),
    SSE("sse"),
    WEB_SOCKET("websocket");

    private final String wire;

    WayName(String wire) {
        this.wire = wire;
    }

    /** As it stands in tags. */
    public String wire() {
        return wire;
    }

    /** The way of this name. */
    public static Optional<WayName> of(String wire) {
        return Arrays.stream(values()).filter(way -> way.wire.equals(wire)).findFirst();
    }
}
