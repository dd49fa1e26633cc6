package dev.parley.lab;

import dev.parley.time.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** One experiment of one guest's. Thread-safe. */
public final class Run {

    private final String owner;
    private final Map<WayName, Way> ways = new EnumMap<>(WayName.class);
    private volatile long touched;

    /** {@code owner} is a guest's id. */
    Run(String owner, Timer timer, Executor executor, boolean onWire) {
        this.owner = owner;
        for (WayName name : WayName.values()) {
            ways.put(name, new Way(timer, executor, onWire));
        }
    }

    boolean isOf(String guest) {
        return owner.equals(guest);
    }

    void touch(long now) {
        touched = now;
    }

    /** When it was asked for last; as {@link Timer#nanoTime}. */
    long touched() {
        return touched;
    }

    Way way(WayName name) {
        Way way = ways.get(name);
        if (way == null) {
            throw new AssertionError(name);
        }
        return way;
    }

    /** What a way has cost. */
    public Figures figures(WayName name) {
        return way(name).figures();
    }

    /** Makes trouble for a way. */
    public Effect trouble(WayName name, Trouble trouble) {
        return way(name).make(trouble);
    }
}
