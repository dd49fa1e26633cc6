package dev.parley.app;

import dev.parley.http.TroubleFor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One row of the table of settings: {@link Settings} read by it, {@code --help} printed from it. Immutable.
 *
 * @param name as in an option; {@link #variable()} and {@link #property()} are made from it
 * @param defaultText the default, as it would be written
 * @param form what may be written
 * @param about what it is for, in some words
 * @param secret whether its value is never printed
 * @param <T> the value's type
 */
record Setting<T>(String name, String defaultText, Form<T> form, String about, boolean secret) {

    static final Setting<String> HOST =
            of("host", "localhost", Form.text("a host name or an IP address"), "Standalone: the address to listen on");
    static final Setting<Long> PORT =
            of("port", "8080", Form.number(0, 65_535), "Standalone: the TCP port, 0 for any that is free");
    /** Its default depends on where the server runs, see {@link DataFolder}. */
    static final Setting<Path> DATA = of("data", "", Form.folder(), "The folder of everything that lasts");

    static final Setting<Set<String>> ORIGINS = of(
            "origins",
            "",
            Form.list(
                    "origins like https://example.org with commas between, or *",
                    Pattern.compile("\\*|[a-z][a-z0-9+.-]*://[^/\\s,?#]+")),
            "Origins beside our own whose pages may connect");
    static final Setting<Boolean> TRUST_FORWARDED =
            of("trustForwarded", "false", Form.yesOrNo(), "Whether X-Forwarded-* of a proxy is believed");
    static final Setting<Long> MAX_TEXT_CHARS =
            of("maxTextChars", "4000", Form.number(1, 65_536), "The most characters of a message's text");
    static final Setting<Long> MAX_FRAME =
            of("maxFrame", "64KiB", Form.size("1KiB", "256KiB"), "The most bytes of a message from a client");
    static final Setting<Long> MAX_NAME_CHARS =
            of("maxNameChars", "32", Form.number(1, 256), "The most characters of a person's name");
    static final Setting<Long> MAX_ROOM_NAME_CHARS =
            of("maxRoomNameChars", "64", Form.number(1, 256), "The most characters of a room's name");
    static final Setting<Long> MAX_ROOMS =
            of("maxRooms", "50", Form.number(1, 10_000), "The most rooms that one connection may be in");
    static final Setting<Long> RATE =
            of("rate", "10", Form.number(0, 100_000), "Messages a second that one person may send, 0 for no limit");
    static final Setting<Long> BURST =
            of("burst", "30", Form.number(1, 100_000), "Messages that one person may send at once");
    static final Setting<Long> MAX_CONNECTIONS_PER_ADDRESS = of(
            "maxConnectionsPerAddress",
            "200",
            Form.number(1, 1_000_000),
            "The most connections from one client address");
    static final Setting<Long> MAX_CONNECTIONS =
            of("maxConnections", "10000", Form.number(1, 1_000_000), "The most connections in all");
    static final Setting<Duration> HEARTBEAT =
            of("heartbeat", "25s", Form.time("1s", "60s"), "Between two signs of life from the server");
    static final Setting<Duration> WRITE_TIMEOUT =
            of("writeTimeout", "10s", Form.time("100ms", "10m"), "How long a write may make no progress");
    static final Setting<Duration> LINGER =
            of("linger", "5s", Form.time("0s", "10m"), "A return within it is not announced");
    static final Setting<Long> BACKLOG =
            of("backlog", "256", Form.number(1, 100_000), "The newest entries that each room keeps in memory");
    static final Setting<Optional<Duration>> KEEP_AGE = of(
            "keepAge",
            "",
            Form.time("1s", "36500d").orNothing("ever", Optional.empty(), Optional::of),
            "How long entries are kept");
    static final Setting<OptionalLong> KEEP_COUNT = of(
            "keepCount", "", Form.optionalNumber(1, 1_000_000_000_000L, "all"), "The most entries that a room keeps");
    static final Setting<Set<String>> GAP_ROOMS = of(
            "gapRooms",
            "",
            Form.list("names of rooms with commas between, or *", Pattern.compile("\\*|[^\\s*]+")),
            "Rooms whose slow readers are told 'gap' instead of being cut");
    static final Setting<Long> SLOW_LAG = of(
            "slowLag",
            "10000",
            Form.number(1, 1_000_000_000),
            "The entries that a reader of those is behind when that happens");
    static final Setting<Long> MAX_ECHO =
            of("maxEcho", "16MiB", Form.size("1KiB", "1GiB"), "The most bytes of a message to the echo endpoint");
    static final Setting<TroubleFor> LAB_TROUBLE = of(
            "labTrouble",
            "local",
            Form.oneOf(TroubleFor.class),
            "Who may trouble the connections of their own runs in the lab; local: browsers on this machine");

    /** All, in the order in which people read them. */
    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            DATA,
            ORIGINS,
            TRUST_FORWARDED,
            MAX_TEXT_CHARS,
            MAX_FRAME,
            MAX_NAME_CHARS,
            MAX_ROOM_NAME_CHARS,
            MAX_ROOMS,
            RATE,
            BURST,
            MAX_CONNECTIONS_PER_ADDRESS,
            MAX_CONNECTIONS,
            HEARTBEAT,
            WRITE_TIMEOUT,
            LINGER,
            BACKLOG,
            KEEP_AGE,
            KEEP_COUNT,
            GAP_ROOMS,
            SLOW_LAG,
            MAX_ECHO,
            LAB_TROUBLE);

    private static final Pattern HUMP = Pattern.compile("([A-Z])");

    private static <T> Setting<T> of(String name, String defaultText, Form<T> form, String about) {
        return new Setting<>(name, defaultText, form, about, false);
    }

    /** The environment's variable, {@code PARLEY_MAX_TEXT_CHARS}. */
    String variable() {
        return "PARLEY_" + HUMP.matcher(name).replaceAll("_$1").toUpperCase(Locale.ROOT);
    }

    /** The system property and servlet context parameter, {@code parley.maxTextChars}. */
    String property() {
        return "parley." + name;
    }
}
