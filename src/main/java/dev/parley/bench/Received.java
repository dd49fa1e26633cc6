package dev.parley.bench;

/**
 * What one reader has had of some publishers, who count 1, 2, 3, … each. Knows of the newest 64 numbers of a publisher which
 * ones came. Confined to one thread.
 */
final class Received {

    private static final int REMEMBERED = Long.SIZE;

    private final long[] newest;
    private final long[] seen;
    private final long[] count;

    /** How a number came. */
    enum Outcome {
        /** After the one before, or after a hole. */
        IN_ORDER,
        DOUBLED,
        OUT_OF_ORDER
    }

    Received(int publishers) {
        newest = new long[publishers];
        seen = new long[publishers];
        count = new long[publishers];
    }

    Outcome take(int publisher, long number) {
        long ahead = number - newest[publisher];
        if (ahead > 0) {
            newest[publisher] = number;
            seen[publisher] = ahead >= REMEMBERED ? 1 : seen[publisher] << ahead | 1;
            count[publisher]++;
            return Outcome.IN_ORDER;
        }
        if (-ahead >= REMEMBERED) {
            return Outcome.OUT_OF_ORDER;
        }
        long bit = 1L << -ahead;
        if ((seen[publisher] & bit) != 0) {
            return Outcome.DOUBLED;
        }
        seen[publisher] |= bit;
        count[publisher]++;
        return Outcome.OUT_OF_ORDER;
    }

    /** How many different ones came. */
    long count(int publisher) {
        return count[publisher];
    }
}
