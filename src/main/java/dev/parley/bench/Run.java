package dev.parley.bench;

import dev.parley.bench.wire.Loop;
import dev.parley.bench.wire.Outgoing;
import dev.parley.bench.wire.Request;
import dev.parley.bench.wire.Sources;
import dev.parley.bench.wire.WebSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** One run against one server: what its connections share, and the passing of its time. Confined to one thread. */
final class Run implements AutoCloseable {

    /** Nothing to be done by time. */
    static final Work NOTHING = now -> Long.MAX_VALUE;

    static final Optional<String> SUBPROTOCOL = Optional.of("parley.v1.json");

    private static final BooleanSupplier NEVER = () -> false;
    private static final long CHECK_NANOS = 10_000_000;
    private static final Duration LONGEST_OPENING = Duration.ofSeconds(120);
    private static final Duration LONGEST_BY_CPU = Duration.ofSeconds(30);
    private static final byte[] PONG = "{\"type\":\"pong\"}".getBytes(StandardCharsets.US_ASCII);

    private final Options options;
    private final Target target;
    private final Loop loop;
    private final Outgoing outgoing = new Outgoing();
    private final Tally tally = new Tally();
    private final Payload payload;
    private final boolean binary;
    private final String name =
            "bench-" + Integer.toString(new SplittableRandom().nextInt(36 * 36, 36 * 36 * 36 * 36), 36);
    private final ProcessWatch server;
    private final ProcessWatch self = ProcessWatch.of(ProcessHandle.current().pid());
    private final Progress progress;
    private final Histogram catchUps = new Histogram(3_600_000_000_000L, 3);
    private int ready;
    private long chaseFrom;

    /** What is to be done by time. */
    @FunctionalInterface
    interface Work {

        /** Does what is due at {@code now}, and tells when it wants to be called again; it may be called before. */
        long due(long now);
    }

    Run(Options options, PrintStream err) throws IOException {
        this.options = options;
        this.target = Target.parse(options.get(Settings.URL));
        this.payload = new Payload(options.count(Settings.SIZE));
        this.binary = options.get(Settings.BINARY);
        this.loop = new Loop(
                target.address(), Sources.to(target.address().getAddress(), options.count(Settings.PER_SOURCE)));
        this.server = ProcessWatch.find(options.get(Settings.PID), target.address());
        this.progress = new Progress(err, tally, server);
    }

    /** A name that no other run has. */
    String name() {
        return name;
    }

    Loop loop() {
        return loop;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Tally tally() {
        return tally;
    }

    Payload payload() {
        return payload;
    }

    Target target() {
        return target;
    }

    Options options() {
        return options;
    }

    boolean binary() {
        return binary;
    }

    ProcessWatch server() {
        return server;
    }

    ProcessWatch self() {
        return self;
    }

    /** The most memory that the server was seen with, KiB. */
    long mostKiB() {
        return Math.max(progress.mostKiB(), server.residentKiB());
    }

    Request request(String path) {
        return new Request(target.host(), target.path(path), SUBPROTOCOL, Optional.empty());
    }

    /** The same without a subprotocol. */
    Request plainRequest(String path) {
        return new Request(target.host(), target.path(path), Optional.empty(), Optional.empty());
    }

    /** A connection can be used now. */
    void readied() {
        ready++;
    }

    /** One that could be used cannot any more. */
    void ended() {
        ready--;
    }

    /** Opens all, a bounded number of them at once, and waits until they can be used. */
    void open(String stage, List<Runnable> openings, Work meanwhile) {
        int atOnce = options.count(Settings.OPENING);
        int before = ready;
        int[] begun = {0};
        boolean all = turn(stage, LONGEST_OPENING, () -> ready - before >= openings.size(), now -> {
            while (begun[0] < openings.size() && begun[0] - (ready - before) < atOnce) {
                openings.get(begun[0]++).run();
            }
            return meanwhile.due(now);
        });
        if (!all) {
            throw new CannotRunException((ready - before) + " of " + openings.size() + " connections were open after "
                    + LONGEST_OPENING.toSeconds() + " s");
        }
    }

    /** Goes on for a time, and on until the server used that much CPU time. */
    void load(String stage, Duration time, Duration cpu, Work work) {
        double before = server.cpuSeconds();
        turn(stage, time, NEVER, work);
        if (server.isKnown()) {
            double wanted = before + cpu.toMillis() / 1000.0;
            turn(stage, LONGEST_BY_CPU, () -> server.cpuSeconds() >= wanted, work);
        }
    }

    void hold(String stage, Duration time) {
        turn(stage, time, NEVER, NOTHING);
    }

    /**
     * Turns the loop until {@code done}, which is looked at every 10 ms, or {@code longest} is over.
     *
     * @return whether it was done
     */
    boolean turn(String stage, Duration longest, BooleanSupplier done, Work work) {
        long now = Clock.now();
        long end = now + longest.toNanos();
        long nextCheck = now;
        while (true) {
            if (tally.refusal().isPresent()) {
                throw new CannotRunException(tally.refusal().get());
            }
            if (now >= nextCheck) {
                if (done.getAsBoolean()) {
                    return true;
                }
                nextCheck = now + CHECK_NANOS;
                progress.tell(stage, ready, now);
            }
            if (now >= end) {
                return false;
            }
            long next = Math.min(Math.min(work.due(now), nextCheck), end);
            loop.turn(next - Clock.now());
            now = Clock.now();
        }
    }

    /** Waits for what is {@code missing} until nothing has come for the drain time. */
    void drain(LongSupplier missing) {
        long seen = -1;
        long since = Clock.now();
        long patience = options.get(Settings.DRAIN).toNanos();
        while (Clock.now() - since < patience) {
            if (turn("draining", Duration.ofMillis(200), () -> missing.getAsLong() == 0, NOTHING)) {
                return;
            }
            if (loop.bytesRead() != seen) {
                seen = loop.bytesRead();
                since = Clock.now();
            }
        }
    }

    /** What means the same to everybody whom it is told. */
    void told(JsonObject message, Optional<WebSocket> by) {
        switch (message.getString("type", "")) {
            case "ping" -> by.ifPresent(socket -> socket.send(binary, PONG));
            case "error" -> tally.refuse(Advice.about(message.getString("code", ""), message.getString("message", "")));
            default -> {}
        }
    }

    void corrupt() {
        tally.corrupt++;
        tally.fault("a message that is not what was sent, or no message at all");
    }

    /** From now on {@link #caughtUp} is counted. */
    void chase() {
        catchUps.reset();
        chaseFrom = Clock.now();
    }

    void caughtUp() {
        catchUps.recordValue(Clock.now() - chaseFrom);
    }

    /** How long it took each reader to catch up, nanoseconds. */
    Histogram catchUps() {
        return catchUps;
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}
