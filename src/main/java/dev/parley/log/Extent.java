package dev.parley.log;

/**
 * What a room's log holds: the entries {@code trimmed + 1} to {@code head}. Immutable.
 *
 * @param epoch the identity of the log, 1 to 16 of {@code a-z 0-9}; it changes when the log lost its order or its past
 * @param trimmed the last sequence number that retention took away, 0 for none
 * @param head the newest sequence number, 0 for an empty log
 */
public record Extent(String epoch, long trimmed, long head) {

    /** Refuses what can be no extent. */
    public Extent {
        if (trimmed < 0 || head < trimmed) {
            throw new IllegalArgumentException("trimmed " + trimmed + ", head " + head);
        }
    }
}
