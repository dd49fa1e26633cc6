package dev.parley.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A line as bad ones are: it takes many a connection and breaks it somewhere, in the head of an answer, in the middle of a
 * frame, between a request and its answer; with an end or with a reset, which loses what was not read yet. Its chances come
 * from a seed, connection by connection. Good until it is told. Thread-safe.
 */
public final class FaultyProxy extends CuttingProxy {

    private static final int UPWARD_BYTES = 2_000;
    private static final int DOWNWARD_BYTES = 16_000;

    // Guarded by this.
    private final Random random;

    private volatile boolean bad;

    /** Leads to {@code target}, from a port of its own. */
    public FaultyProxy(InetSocketAddress target, long seed) throws IOException {
        super(target);
        random = new Random(seed);
    }

    /** Ends every connection; from now on new ones are bad, or are not. */
    public void turn(boolean toBad) {
        bad = toBad;
        mend();
    }

    @Override
    void serve(Line line) throws IOException {
        if (bad) {
            draw(line);
        }
        super.serve(line);
    }

    private synchronized void draw(Line line) {
        int fate = random.nextInt(10);
        if (fate < 4) {
            line.down.endAfter(some(random, DOWNWARD_BYTES));
        } else if (fate < 6) {
            line.up.endAfter(some(random, UPWARD_BYTES));
        }
        if (random.nextBoolean()) {
            line.resetAtTheEnd();
        }
    }

    /** From 1 to {@code most}, each order of magnitude as likely as the others. */
    private static long some(RandomGenerator random, int most) {
        return (long) Math.exp(random.nextDouble() * Math.log(most));
    }
}
