package dev.parley.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What was counted, over all connections. Confined to one thread. */
final class Tally {

    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    /** Delays of what was due after {@link #measureFrom}, nanoseconds. */
    private final Histogram delays = new Histogram(LONGEST_NANOS, 3);

    private final Map<Integer, Integer> closings = new TreeMap<>();
    private long measureFrom = Long.MAX_VALUE;
    private long measured;
    private long delivered;
    private long lastDelivery;
    private long longestPause;
    private Optional<String> refusal = Optional.empty();
    private Optional<String> firstFault = Optional.empty();

    long lost;
    long lostByCut;
    long doubled;
    long outOfOrder;
    long disagreeing;
    long corrupt;
    long misrouted;
    long foreign;
    long gaps;
    long stalls;
    long cut;

    /** From now on deliveries count, and the delays of what is due from now on. */
    void measure() {
        measureFrom = Clock.now();
        lastDelivery = measureFrom;
        delays.reset();
        measured = 0;
        longestPause = 0;
    }

    /** Nothing more counts, and what was measured is kept. */
    void pause() {
        measureFrom = Long.MAX_VALUE;
    }

    /** Somebody who reads got a message at {@code now} that was due at {@code due}. */
    void delivered(long due, long now) {
        delivered++;
        if (measureFrom != Long.MAX_VALUE) {
            measured++;
            longestPause = Math.max(longestPause, now - lastDelivery);
            lastDelivery = now;
            if (due >= measureFrom) {
                delays.recordValue(Math.min(Math.max(now - due, 0), LONGEST_NANOS));
            }
        }
    }

    /** All deliveries since the start. */
    long delivered() {
        return delivered;
    }

    long measured() {
        return measured;
    }

    Histogram delays() {
        return delays;
    }

    /** The longest that nobody got anything while it was measured, nanoseconds. */
    long longestPause() {
        return longestPause;
    }

    void received(Received.Outcome outcome) {
        switch (outcome) {
            case IN_ORDER -> {}
            case DOUBLED -> doubled++;
            case OUT_OF_ORDER -> outOfOrder++;
        }
    }

    /** A connection that should have lived ended. */
    void cut(int code, String why) {
        cut++;
        closed(code);
        fault("a connection was closed" + (code == 0 ? "" : " with " + code) + ": " + why);
    }

    void closed(int code) {
        closings.merge(code, 1, Integer::sum);
    }

    Map<Integer, Integer> closings() {
        return closings;
    }

    void fault(String what) {
        firstFault = firstFault.or(() -> Optional.of(what));
    }

    Optional<String> firstFault() {
        return firstFault;
    }

    /** The server will not be measured like this. */
    void refuse(String why) {
        refusal = refusal.or(() -> Optional.of(why));
    }

    Optional<String> refusal() {
        return refusal;
    }

    /** Whether nothing went wrong. */
    boolean isWell() {
        return lost + doubled + outOfOrder + disagreeing + corrupt + misrouted + gaps + cut == 0;
    }
}
