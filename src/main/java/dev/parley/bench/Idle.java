package dev.parley.bench;

import java.util.List;
import java.util.Locale;

/** What a connection costs on which nothing happens. */
final class Idle implements Scenario {

    private static final Option<Long> CONNECTIONS = Settings.CONNECTIONS.or("5000");
    private static final Option<Long> ROOMS =
            Option.number("rooms", 0, 0, 100_000, "rooms that they join; 0: one for each 100");

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String about() {
        return "connections that have joined a room and do nothing: the server's memory for each";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(CONNECTIONS, ROOMS, Settings.BINARY, Settings.HOLD, Settings.GC);
    }

    @Override
    public Report run(Run run) {
        Options options = run.options();
        int connections = options.count(CONNECTIONS);
        int rooms = options.count(ROOMS) > 0 ? options.count(ROOMS) : (connections + 99) / 100;
        ProcessWatch server = run.server();
        boolean gc = options.get(Settings.GC);
        if (gc) {
            server.collectGarbage();
        }
        long before = server.residentKiB();
        Crowd crowd = new Crowd(run, rooms, 0).join((connections + rooms - 1) / rooms, Member.Transport.WS, false);
        long start = Clock.now();
        double cpuBefore = server.cpuSeconds();
        crowd.open();
        double seconds = (Clock.now() - start) / 1e9;
        int open = crowd.members().size();
        double cpu = server.cpuSeconds() - cpuBefore;
        run.hold("idle", options.get(Settings.HOLD));
        long held = server.residentKiB();
        if (gc) {
            server.collectGarbage();
        }
        long after = server.residentKiB();
        Report report = new Report(
                name(),
                String.format(Locale.ROOT, "idle at %s: %d connections in %d rooms", run.target(), open, rooms));
        report.count("connections", "open", open)
                .number("connectionsPerSecond", "opened", open / seconds, "connections/s");
        if (server.isKnown()) {
            report.number("serverMicrosPerConnection", "server CPU", cpu * 1e6 / open, "us to open and join one")
                    .number("serverMiBBefore", "server memory before", before / 1024.0, "MiB resident")
                    .number("serverMiB", "server memory with them", after / 1024.0, "MiB resident")
                    .number("serverKiBPerConnection", "  for each connection", (after - before) / (double) open, "KiB");
            if (gc) {
                report.number(
                        "serverKiBPerConnectionBeforeGc",
                        "  without the collection",
                        (held - before) / (double) open,
                        "KiB");
            }
        }
        crowd.tell(report);
        return report;
    }
}
