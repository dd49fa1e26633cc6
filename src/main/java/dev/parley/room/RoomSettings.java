package dev.parley.room;

import dev.parley.protocol.RoomName;
import java.time.Duration;
import java.util.Set;

/**
 * How rooms behave. Immutable.
 *
 * @param backlog newest entries that each room keeps in memory
 * @param linger how long somebody may be gone before that is told
 * @param gapRooms names of the rooms that skip entries for a slow reader, {@code *} for all
 * @param slowLag entries behind at which those rooms skip
 */
public record RoomSettings(int backlog, Duration linger, Set<String> gapRooms, long slowLag) {

    /** Copies the set. */
    public RoomSettings {
        gapRooms = Set.copyOf(gapRooms);
    }

    /** Whether {@code room} skips entries for a reader that is {@code lag} entries behind. */
    public boolean skips(RoomName room, long lag) {
        return lag > slowLag && (gapRooms.contains("*") || gapRooms.contains(room.value()));
    }
}
