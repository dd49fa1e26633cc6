package dev.parley.access;

import dev.parley.protocol.Refusal;
import dev.parley.time.Timer;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Messages for each person: so many at once, so many a second in the long run (a token bucket). Thread-safe. */
public final class Rates {

    private static final int SWEEP_ABOVE = 10_000;

    private final int perSecond;
    private final int burst;
    private final Timer timer;
    private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger sweepAbove = new AtomicInteger(SWEEP_ABOVE);

    /**
     * Allows {@code burst} at once and {@code perSecond} in the long run.
     *
     * @param perSecond 0 for no limit
     */
    public Rates(int perSecond, int burst, Timer timer) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.timer = timer;
    }

    /** Takes one message of the person's; the refusal, if there is none to take. */
    public Optional<Refusal> take(String personId) {
        if (perSecond == 0) {
            return Optional.empty();
        }
        long now = timer.nanoTime();
        sweep(now);
        boolean[] taken = new boolean[1];
        Bucket bucket = buckets.compute(personId, (id, known) -> {
            double tokens = known == null ? burst : known.refilled(now);
            taken[0] = tokens >= 1;
            return new Bucket(taken[0] ? tokens - 1 : tokens, now);
        });
        if (taken[0]) {
            return Optional.empty();
        }
        long waitMillis = (long) Math.ceil((1 - bucket.tokens) * 1000 / perSecond);
        return Optional.of(Refusal.later(
                Refusal.Code.RATE,
                "rate: faster than " + perSecond + " messages a second after a burst of " + burst,
                waitMillis));
    }

    /** Forgets who has not spoken for a while; not again before there are twice as many as then. */
    private void sweep(long now) {
        int limit = sweepAbove.get();
        if (buckets.size() > limit && sweepAbove.compareAndSet(limit, Integer.MAX_VALUE)) {
            buckets.values().removeIf(bucket -> bucket.refilled(now) >= burst);
            sweepAbove.set(Math.max(SWEEP_ABOVE, 2 * buckets.size()));
        }
    }

    /** How many are remembered. */
    int size() {
        return buckets.size();
    }

    private final class Bucket {

        private final double tokens;
        private final long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }

        double refilled(long now) {
            return Math.min(burst, tokens + (double) (now - at) * perSecond / TimeUnit.SECONDS.toNanos(1));
        }
    }
}
