package dev.parley.bench;

import java.time.Duration;
import java.util.List;

/** The options there are. Each scenario knows some of them, and may have a default of its own. */
final class Settings {

    static final Option<String> URL = Option.text(
            "url",
            "ws://localhost:8080/",
            "ws://host:port/context",
            "(ws|http)://[^/?#\\s]+(/[^?#\\s]*)?",
            "where the server is");
    static final Option<Long> ROOMS = Option.number("rooms", 1, 1, 100_000, "rooms");
    static final Option<Long> MEMBERS = Option.number("members", 100, 1, 1_000_000, "members of each room");
    static final Option<Long> PUBLISHERS = Option.number("publishers", 1, 1, 10_000, "those of each room who send");
    static final Option<Long> SIZE = Option.number("size", 100, Payload.SMALLEST, 65_536, "bytes of each text");
    static final Option<Long> WINDOW = Option.number(
            "window", 32, 1, 100_000, "closed loop: messages of each publisher that not everybody has yet");
    static final Option<Double> RATE = Option.rate(
            "rate",
            "0",
            "open loop: messages a second of each publisher, delay counted from when it was due; 0: closed");
    static final Option<String> TRANSPORT = Option.text(
            "transport", "ws", "ws, sse or longpoll", "ws|sse|longpoll", "how members read; publishers use WebSocket");
    static final Option<Boolean> BINARY = Option.flag("binary", "JSON in binary frames, as the page does");

    static final Option<Long> CONNECTIONS = Option.number("connections", 1, 1, 1_000_000, "connections");
    static final Option<Long> DEPTH = Option.number("depth", 1, 1, 10_000, "messages under way on each connection");
    static final Option<Duration> HOLD = Option.time("hold", "3s", "how long nothing is done with them");
    static final Option<Boolean> GC =
            Option.flag("gc", "have the server collect its garbage before its memory is read (needs a JDK's jcmd)");
    static final Option<Long> MISSING =
            Option.number("missing", 100, 0, 1_000_000, "messages in each room while everybody is away");
    static final Option<Long> SLOW =
            Option.number("slow", 1, 1, 10_000, "further members of each room that stop reading");
    static final Option<Long> SLOW_BUFFER = Option.number(
            "slowBuffer", 4096, 1024, 16_777_216, "bytes that the system takes in for one that does not read");

    static final Option<Duration> WARMUP = Option.time("warmup", "2s", "load before anything is measured");
    static final Option<Duration> WARMUP_CPU =
            Option.time("warmupCpu", "0s", "and on until the server used so much CPU time, 30 s at most");
    static final Option<Duration> DURATION = Option.time("duration", "5s", "how long is measured");
    static final Option<Duration> MIN_CPU =
            Option.time("minCpu", "0s", "and on until the server used so much CPU time, 30 s at most");
    static final Option<Duration> DRAIN =
            Option.time("drain", "5s", "how long nothing may come before the rest counts as lost");
    static final Option<Long> OPENING = Option.number("opening", 128, 1, 100_000, "connections being opened at once");
    static final Option<Long> PER_SOURCE = Option.number(
            "perSource",
            150,
            0,
            30_000,
            "loopback: connections from each of 127.0.1.1, 127.0.1.2, ...; 0: all from one address");
    static final Option<Long> PID = Option.number(
            "pid", 0, 0, Integer.MAX_VALUE, "the server's process, for its CPU and memory; 0: found by its port");
    static final Option<Boolean> JSON = Option.flag("json", "the report as one JSON object");

    /** For everybody. */
    static final List<Option<?>> COMMON = List.of(URL, OPENING, PER_SOURCE, PID, JSON);

    /** For everybody who measures over a time. */
    static final List<Option<?>> TIMES = List.of(WARMUP, WARMUP_CPU, DURATION, MIN_CPU, DRAIN);

    private Settings() {}
}
