package dev.parley.bench;

/** What was used between two moments. Confined to one thread. */
final class Usage {

    private final Run run;
    private final long from = Clock.now();
    private final double serverFrom;
    private final double selfFrom;
    private final long messagesFrom;
    private double seconds;
    private double server;
    private double self;
    private long messages;

    /** From now on. */
    Usage(Run run) {
        this.run = run;
        serverFrom = run.server().cpuSeconds();
        selfFrom = run.self().cpuSeconds();
        messagesFrom = run.tally().delivered();
    }

    /** Until now. */
    Usage end() {
        seconds = (Clock.now() - from) / 1e9;
        server = run.server().cpuSeconds() - serverFrom;
        self = run.self().cpuSeconds() - selfFrom;
        messages = run.tally().delivered() - messagesFrom;
        return this;
    }

    double seconds() {
        return seconds;
    }

    double perSecond() {
        return messages / seconds;
    }

    double serverMicrosPerMessage() {
        return messages == 0 ? 0 : server * 1e6 / messages;
    }

    void tell(Report report) {
        report.number("seconds", "measured", seconds, "s");
        report.number("deliveriesPerSecond", "delivered", perSecond(), "messages/s");
        if (run.server().isKnown()) {
            report.number(
                    "serverMicrosPerMessage", "server CPU", serverMicrosPerMessage(), "us for each message delivered");
            report.number("serverCpus", "  of that", server / seconds, "CPUs in use");
        }
        report.number(
                "generatorCpus",
                "generator CPU",
                self / seconds,
                "CPUs in use" + (self / seconds > 0.9 ? ": the server may be faster than this" : ""));
    }
}
