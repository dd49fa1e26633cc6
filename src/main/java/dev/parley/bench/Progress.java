package dev.parley.bench;

import java.io.PrintStream;
import java.util.Locale;

/** A line each second for who watches. Confined to one thread. */
final class Progress {

    private static final long SECOND = 1_000_000_000;

    private final PrintStream out;
    private final Tally tally;
    private final ProcessWatch server;
    private final long start = Clock.now();
    private long last = start;
    private long delivered;
    private double cpu;
    private long mostKiB;

    Progress(PrintStream out, Tally tally, ProcessWatch server) {
        this.out = out;
        this.tally = tally;
        this.server = server;
        this.cpu = server.cpuSeconds();
    }

    void tell(String stage, int ready, long now) {
        if (now - last < SECOND) {
            return;
        }
        double seconds = (now - last) / (double) SECOND;
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%4d s  %-10s %,d connections  %,.0f messages/s",
                (now - start) / SECOND,
                stage,
                ready,
                (tally.delivered() - delivered) / seconds));
        if (server.isKnown()) {
            double used = server.cpuSeconds();
            long resident = server.residentKiB();
            mostKiB = Math.max(mostKiB, resident);
            line.append(String.format(
                    Locale.ROOT, "  server %.0f %% CPU, %,d MiB", 100 * (used - cpu) / seconds, resident / 1024));
            cpu = used;
        }
        out.println(line);
        last = now;
        delivered = tally.delivered();
    }

    /** The most memory that the server had when it was looked at, KiB. */
    long mostKiB() {
        return mostKiB;
    }
}
