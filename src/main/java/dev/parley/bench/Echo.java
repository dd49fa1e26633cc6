package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Round trips. */
final class Echo implements Scenario {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String about() {
        return "round trips to /echo: each connection sends the next message when one is back";
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> all =
                new ArrayList<>(List.of(Settings.CONNECTIONS, Settings.DEPTH, Settings.SIZE, Settings.BINARY));
        all.addAll(Settings.TIMES);
        return all;
    }

    @Override
    public Report run(Run run) {
        Options options = run.options();
        List<EchoClient> clients = IntStream.range(0, options.count(Settings.CONNECTIONS))
                .mapToObj(i -> new EchoClient(run, i))
                .toList();
        run.open(
                "connecting",
                clients.stream().<Runnable>map(client -> client::open).toList(),
                Run.NOTHING);
        long now = Clock.now();
        clients.forEach(client -> client.send(options.count(Settings.DEPTH), now));
        run.load("warm-up", options.get(Settings.WARMUP), options.get(Settings.WARMUP_CPU), Run.NOTHING);
        run.tally().measure();
        Usage usage = new Usage(run);
        run.load("measuring", options.get(Settings.DURATION), options.get(Settings.MIN_CPU), Run.NOTHING);
        usage.end();
        run.tally().pause();
        clients.forEach(EchoClient::stop);
        run.drain(() -> missing(clients));
        Tally tally = run.tally();
        tally.lost = missing(clients);
        Report report = new Report(
                name(),
                String.format(
                        Locale.ROOT,
                        "echo at %s: %d connections, %d messages under way on each, %d bytes",
                        run.target(),
                        clients.size(),
                        options.count(Settings.DEPTH),
                        options.count(Settings.SIZE)));
        usage.tell(report);
        report.times("delay", "round trip", tally.delays())
                .count("lost", "lost", tally.lost)
                .count("doubled", "doubled", tally.doubled)
                .count("outOfOrder", "out of order", tally.outOfOrder)
                .count("corrupt", "corrupt", tally.corrupt)
                .count("cut", "connections lost", tally.cut);
        tally.firstFault().ifPresent(fault -> report.text("firstFault", "first fault", fault));
        return report;
    }

    private static long missing(List<EchoClient> clients) {
        return clients.stream()
                .filter(EchoClient::isOpen)
                .mapToLong(EchoClient::missing)
                .sum();
    }
}
