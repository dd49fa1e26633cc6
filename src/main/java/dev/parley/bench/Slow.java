package dev.parley.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the others notice of members that stop reading. */
final class Slow implements Scenario {

    private static final Option<Long> SIZE = Settings.SIZE.or("1000");

    /** More than the server waits by default before it cuts. */
    private static final Option<Duration> DURATION = Settings.DURATION.or("12s");

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public String about() {
        return "fanout, first as it is, then while some members do not read: what the others lose";
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all = new ArrayList<>(List.of(
                Settings.SLOW,
                Settings.SLOW_BUFFER,
                Settings.ROOMS,
                Settings.MEMBERS,
                Settings.PUBLISHERS,
                SIZE,
                Settings.WINDOW,
                Settings.RATE,
                Settings.BINARY));
        all.addAll(Settings.TIMES);
        all.replaceAll(option -> option.name().equals(DURATION.name()) ? DURATION : option);
        return all;
    }

    @Override
    public Report run(Run run) {
        Options options = run.options();
        Crowd crowd =
                Fanout.crowd(run, false).joinSlow(options.count(Settings.SLOW), options.count(Settings.SLOW_BUFFER));
        crowd.open();
        Traffic traffic = new Traffic(run, crowd, options.count(Settings.WINDOW), options.get(Settings.RATE));
        run.load("warm-up", options.get(Settings.WARMUP), options.get(Settings.WARMUP_CPU), traffic);
        Usage alone = measure(run, "all read", traffic);
        long memoryBefore = run.server().residentKiB();
        crowd.slow().forEach(Member::hang);
        Usage beside = measure(run, "some hang", traffic);
        long memoryMost = run.mostKiB();
        crowd.settle();
        crowd.slow().forEach(Member::wake);
        run.drain(() -> missing(crowd.slow()));
        Report report = new Report(name(), Fanout.title(run, crowd, name()));
        report.count("slow", "members that hang", crowd.slow().size())
                .number("deliveriesPerSecondAlone", "delivered before", alone.perSecond(), "messages/s")
                .number("ratio", "the others keep", beside.perSecond() / alone.perSecond(), "of that");
        beside.tell(report);
        report.times("delay", "delay of the others", run.tally().delays())
                .number("longestPauseMillis", "longest without any", run.tally().longestPause() / 1e6, "ms");
        if (run.server().isKnown()) {
            report.number(
                            "serverMicrosPerMessageAlone",
                            "server CPU before",
                            alone.serverMicrosPerMessage(),
                            "us for each message delivered")
                    .number("serverMiBAlone", "server memory before", memoryBefore / 1024.0, "MiB resident")
                    .number("serverMiBMost", "server memory, most", memoryMost / 1024.0, "MiB resident");
        }
        Map<Integer, Integer> closings = run.tally().closings();
        report.text(
                        "slowClosed",
                        "of those that hang, closed",
                        closings.isEmpty()
                                ? "none"
                                : closings.entrySet().stream()
                                        .map(closing -> closing.getValue() + " with "
                                                + (closing.getKey() == 0 ? "a reset" : closing.getKey()))
                                        .collect(Collectors.joining(", ")))
                .count("slowMissing", "  lacking in the open ones", missing(crowd.slow()));
        crowd.tell(report);
        run.tally().lost += missing(crowd.slow());
        return report;
    }

    private static Usage measure(Run run, String stage, Traffic traffic) {
        Options options = run.options();
        run.tally().measure();
        Usage usage = new Usage(run);
        run.load(stage, options.get(Settings.DURATION), options.get(Settings.MIN_CPU), traffic);
        usage.end();
        run.tally().pause();
        return usage;
    }

    private static long missing(List<Member> slow) {
        return slow.stream().filter(Member::isReady).mapToLong(Member::missing).sum();
    }
}
