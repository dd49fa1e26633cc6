package dev.parley.app;

import dev.parley.http.TroubleFor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that can be set, read once at the start by a {@link SettingsReader}; {@link Setting} has each one's default, range
 * and words for people. Immutable.
 *
 * @param host standalone only: the address to listen on, a name or an IP address
 * @param port standalone only: the TCP port, 0 to 65535, 0 for any that is free
 * @param data the folder of everything that lasts
 * @param origins origins beside our own whose pages may connect, {@code scheme://host[:port]}; {@code *} for any
 * @param trustForwarded whether the addresses and names that a proxy's {@code X-Forwarded-*} gives are believed
 * @param maxTextChars the most Unicode code points of a message's text, 1 to 65,536
 * @param maxFrame the most bytes of a message from a client on the chat endpoint, 1 KiB to 256 KiB
 * @param maxNameChars the most code points of a person's name, 1 to 256
 * @param maxRoomNameChars the most code points of a room's name, 1 to 256
 * @param maxRooms the most rooms that one connection may be in, 1 to 10,000
 * @param rate messages a second that one person may send, 0 to 100,000, 0 for no limit
 * @param burst messages that one person may send at once before {@code rate} counts, 1 to 100,000
 * @param maxConnectionsPerAddress the most connections from one client address, 1 to 1,000,000
 * @param maxConnections the most connections in all, 1 to 1,000,000
 * @param heartbeat between two signs of life from the server, 1 s to 60 s
 * @param writeTimeout how long a write may make no progress, 100 ms to 10 min
 * @param linger how long after a lost connection somebody may return without it being announced, 0 to 10 min
 * @param backlog the newest entries that each room keeps in memory, 1 to 100,000
 * @param keepAge how long entries are kept, at least 1 s; empty for ever
 * @param keepCount the most entries that a room keeps, at least 1; empty for all
 * @param gapRooms rooms whose slow readers are told {@code gap} instead of being cut; {@code *} for all
 * @param slowLag the entries that a reader of those is behind when that happens, 1 to 1,000,000,000
 * @param maxEcho the most bytes of a message to the echo endpoint, 1 KiB to 1 GiB
 * @param labTrouble who may trouble the connections of their own runs in the lab
 */
public record Settings(
        String host,
        int port,
        Path data,
        Set<String> origins,
        boolean trustForwarded,
        int maxTextChars,
        int maxFrame,
        int maxNameChars,
        int maxRoomNameChars,
        int maxRooms,
        int rate,
        int burst,
        int maxConnectionsPerAddress,
        int maxConnections,
        Duration heartbeat,
        Duration writeTimeout,
        Duration linger,
        int backlog,
        Optional<Duration> keepAge,
        OptionalLong keepCount,
        Set<String> gapRooms,
        long slowLag,
        long maxEcho,
        TroubleFor labTrouble) {

    /** Copies the sets in. */
    public Settings {
        origins = Set.copyOf(origins);
        gapRooms = Set.copyOf(gapRooms);
    }
}
