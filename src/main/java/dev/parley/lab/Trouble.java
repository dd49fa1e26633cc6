package dev.parley.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is done to the connections of a way. Immutable.
 *
 * @param amount milliseconds, KiB or a status, as the kind has it; 0 where it has none
 * @param lasting how long, at most {@link #LONGEST}
 */
public record Trouble(Kind kind, int amount, Duration lasting) {

    /** Nothing stays troubled for longer. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** No trouble at all. */
    static final Trouble NONE = new Trouble(Kind.NONE, 0, Duration.ZERO);

    /** Refuses what is out of bounds. */
    public Trouble {
        if (lasting.isNegative() || lasting.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lasting " + lasting + ", at most " + LONGEST);
        }
        if (amount < kind.least || amount > kind.most) {
            throw new IllegalArgumentException(kind.wire + " " + amount + ", " + kind.least + " to " + kind.most);
        }
    }

    /** The kinds of trouble, with the least and the most of their amounts. */
    public enum Kind {
        /** The end of the trouble. */
        NONE("none", "", 0, 0),
        /** Everything that the server writes goes out so many milliseconds later. */
        DELAY("delay", "millis", 1, 3_000),
        /** What is open is cut, once; if nothing is, what comes next. */
        DROP("drop", "", 0, 0),
        /** What is open stays and carries nothing any more in either direction; if nothing is, what comes next. */
        HALF_OPEN("halfopen", "", 0, 0),
        /** Handshakes are answered with this status. */
        REFUSE("refuse", "status", 400, 599),
        /** What the server writes is held back until there are so many KiB, or until the end. */
        BUFFER("buffer", "kib", 1, 64);

        private final String wire;
        private final String parameter;
        private final int least;
        private final int most;

        Kind(String wire, String parameter, int least, int most) {
            this.wire = wire;
            this.parameter = parameter;
            this.least = least;
            this.most = most;
        }

        /** As it stands in requests. */
        public String wire() {
            return wire;
        }

        /** The name of its amount, empty if it has none. */
        public String parameter() {
            return parameter;
        }

        /** The least amount. */
        public int least() {
            return least;
        }

        /** The largest amount. */
        public int most() {
            return most;
        }

        /** The kind of this name. */
        public static Optional<Kind> of(String wire) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire.equals(wire))
                    .findFirst();
        }
    }
}
