package dev.parley.bench;

import java.util.List;

/** Keeps publishers sending: so many messages under way, or so many a second. Confined to one thread. */
final class Traffic implements Run.Work {

    private static final long STALL_NANOS = 1_000_000_000;

    private final Run run;
    private final List<LoadRoom> rooms;
    private final List<Publisher> publishers;
    private final int window;
    private final long intervalNanos;
    private long nextDue;
    private long seen = -1;
    private long seenAt;

    /** As the options say; {@code rate} for each publisher, 0 for a closed loop. */
    Traffic(Run run, Crowd crowd, int window, double rate) {
        this.run = run;
        this.rooms = crowd.rooms();
        this.publishers = crowd.publishers().toList();
        this.window = window;
        this.intervalNanos = rate > 0 ? Math.max(1, (long) (1e9 / rate)) : 0;
        restart();
    }

    /** Counts from now: what would have been due since the last call is not made up for. */
    void restart() {
        long now = Clock.now();
        for (int i = 0; i < publishers.size(); i++) {
            publishers.get(i).startAt(now + intervalNanos * i / publishers.size());
        }
    }

    @Override
    public long due(long now) {
        if (intervalNanos > 0) {
            if (now >= nextDue) {
                nextDue = Long.MAX_VALUE;
                for (Publisher publisher : publishers) {
                    nextDue = Math.min(nextDue, publisher.sendDue(now, intervalNanos));
                }
            }
            return nextDue;
        }
        if (run.tally().delivered() != seen) {
            seen = run.tally().delivered();
            seenAt = now;
        } else if (now - seenAt > STALL_NANOS) {
            seenAt = now;
            run.tally().stalls++;
            rooms.forEach(LoadRoom::forgive);
        }
        for (LoadRoom room : rooms) {
            room.fill(window, now);
        }
        return seenAt + STALL_NANOS;
    }
}
