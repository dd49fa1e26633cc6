package dev.parley.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Everybody is cut off at once and comes back. */
final class Storm implements Scenario {

    private static final Option<Long> ROOMS = Settings.ROOMS.or("10");
    private static final Option<Double> RATE =
            Option.rate("rate", "10", "messages a second of each publisher, all the time");
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final Duration SOME_TIME = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String about() {
        return "all are cut at once, miss messages, and resume at their cursors while others go on talking";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(
                ROOMS,
                Settings.MEMBERS,
                Settings.PUBLISHERS,
                Settings.MISSING,
                Settings.SIZE,
                RATE,
                Settings.TRANSPORT,
                Settings.BINARY,
                Settings.WARMUP,
                Settings.DURATION,
                Settings.DRAIN);
    }

    @Override
    public Report run(Run run) {
        Options options = run.options();
        Crowd crowd = Fanout.crowd(run, true);
        crowd.open();
        double rate = options.get(RATE);
        Traffic traffic = new Traffic(run, crowd, 1, rate);
        Run.Work live = rate > 0 ? traffic : Run.NOTHING;
        run.load("warm-up", options.get(Settings.WARMUP), Duration.ZERO, live);
        await(run, "cutting", crowd);
        crowd.members().forEach(Member::cut);
        int missing = options.count(Settings.MISSING);
        long now = Clock.now();
        crowd.rooms().forEach(room -> {
            int publishers = room.publishers().size();
            for (int i = 0; i < publishers; i++) {
                room.publishers().get(i).send(missing / publishers + (i < missing % publishers ? 1 : 0), now);
            }
        });
        await(run, "away", crowd);
        traffic.restart();
        crowd.rooms().forEach(room -> {
            long last = room.publishers().stream()
                    .mapToLong(Publisher::acknowledgedSeq)
                    .max()
                    .orElse(0);
            room.members().forEach(member -> member.chase(last));
        });
        run.tally().measure();
        run.chase();
        Usage usage = new Usage(run);
        run.open(
                "coming back",
                crowd.members().stream().<Runnable>map(member -> member::open).toList(),
                live);
        double open = usage.end().seconds();
        int all = crowd.members().size();
        boolean caughtUp = run.turn("catching up", LONGEST, () -> run.catchUps().getTotalCount() >= all, live);
        usage.end();
        run.load("live again", options.get(Settings.DURATION), Duration.ZERO, live);
        run.tally().pause();
        crowd.settle();
        Report report = new Report(
                name(),
                String.format(
                        Locale.ROOT,
                        "storm at %s: %d members in %d rooms come back, each missing %d messages of %d bytes",
                        run.target(),
                        all,
                        crowd.rooms().size(),
                        missing,
                        options.count(Settings.SIZE)));
        report.number("allOpenSeconds", "all open after", open, "s")
                .number("allCaughtUpSeconds", "all caught up after", caughtUp ? usage.seconds() : -1, "s")
                .times("caughtUp", "each caught up after", run.catchUps());
        usage.tell(report);
        report.times("delay", "delay of what was sent meanwhile", run.tally().delays());
        if (run.server().isKnown()) {
            report.number("serverMiBMost", "server memory, most", run.mostKiB() / 1024.0, "MiB resident");
        }
        crowd.tell(report);
        return report;
    }

    /** Until the server has all that was sent, and everybody who is there has it, too. */
    private static void await(Run run, String stage, Crowd crowd) {
        boolean done = run.turn(
                stage,
                SOME_TIME,
                () -> crowd.publishers().allMatch(Publisher::isAcknowledged) && crowd.missing() == 0,
                Run.NOTHING);
        if (!done) {
            throw new CannotRunException(
                    "messages were not acknowledged or did not come within " + SOME_TIME.toSeconds() + " s");
        }
    }
}
