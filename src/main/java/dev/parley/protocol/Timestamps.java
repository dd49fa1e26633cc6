package dev.parley.protocol;

import java.time.Instant;

/** Times as they are on the wire. The last one is kept: what was appended together has the same. Thread-safe. */
final class Timestamps {

    private static volatile Said last = new Said(Instant.EPOCH, Instant.EPOCH.toString());

    private Timestamps() {}

    /** ISO 8601 in UTC, as {@link Instant#toString}. */
    static String text(Instant at) {
        Said said = last;
        if (!said.at.equals(at)) {
            said = new Said(at, at.toString());
            last = said;
        }
        return said.text;
    }

    private record Said(Instant at, String text) {}
}
