package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Members in rooms, some of whom publish. */
final class Fanout implements Scenario {

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String about() {
        return "members in rooms, some publish, all must get everything once and in one order";
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all = new ArrayList<>(List.of(
                Settings.ROOMS,
                Settings.MEMBERS,
                Settings.PUBLISHERS,
                Settings.SIZE,
                Settings.WINDOW,
                Settings.RATE,
                Settings.TRANSPORT,
                Settings.BINARY));
        all.addAll(Settings.TIMES);
        return all;
    }

    static Crowd crowd(Run run, boolean publishersApart) {
        Options options = run.options();
        int members = options.count(Settings.MEMBERS);
        int publishers = options.count(Settings.PUBLISHERS);
        if (!publishersApart && publishers > members) {
            throw new UsageException(
                    "--publishers: '" + publishers + "', may be at most --members, which is " + members);
        }
        Member.Transport transport =
                Member.Transport.valueOf(options.get(Settings.TRANSPORT).toUpperCase(Locale.ROOT));
        return new Crowd(run, options.count(Settings.ROOMS), publishers).join(members, transport, publishersApart);
    }

    static String title(Run run, Crowd crowd, String scenario) {
        Options options = run.options();
        return String.format(
                Locale.ROOT,
                "%s at %s: %d rooms, %d members each, %d publishers each, %d bytes, %s",
                scenario,
                run.target(),
                crowd.rooms().size(),
                crowd.members().size() / crowd.rooms().size(),
                options.count(Settings.PUBLISHERS),
                options.count(Settings.SIZE),
                options.get(Settings.RATE) > 0
                        ? options.get(Settings.RATE) + " messages/s of each publisher"
                        : options.count(Settings.WINDOW) + " messages of each publisher under way");
    }

    @Override
    public Report run(Run run) {
        Options options = run.options();
        Crowd crowd = crowd(run, !options.get(Settings.TRANSPORT).equals("ws"));
        crowd.open();
        Traffic traffic = new Traffic(run, crowd, options.count(Settings.WINDOW), options.get(Settings.RATE));
        run.load("warm-up", options.get(Settings.WARMUP), options.get(Settings.WARMUP_CPU), traffic);
        long published = crowd.published();
        long frames = crowd.frames();
        run.tally().measure();
        Usage usage = new Usage(run);
        run.load("measuring", options.get(Settings.DURATION), options.get(Settings.MIN_CPU), traffic);
        usage.end();
        long measured = run.tally().measured();
        double publishedPerSecond = (crowd.published() - published) / usage.seconds();
        double perFrame = (double) measured / Math.max(1, crowd.frames() - frames);
        run.tally().pause();
        crowd.settle();
        Report report = new Report(name(), title(run, crowd, name()));
        usage.tell(report);
        report.number("publishedPerSecond", "published", publishedPerSecond, "messages/s")
                .number("messagesPerFrame", "messages in a frame", perFrame, "")
                .times("delay", "delay", run.tally().delays())
                .number("longestPauseMillis", "longest without any", run.tally().longestPause() / 1e6, "ms");
        if (run.server().isKnown()) {
            report.number("serverMiB", "server memory", run.server().residentKiB() / 1024.0, "MiB resident");
        }
        crowd.tell(report);
        return report;
    }
}
