package dev.parley.bench;

/** Nanoseconds since the start, never negative. */
final class Clock {

    private static final long START = System.nanoTime();

    private Clock() {}

    static long now() {
        return System.nanoTime() - START;
    }

    /** The same for a time of {@link System#nanoTime}. */
    static long of(long nanoTime) {
        return nanoTime - START;
    }
}
