package dev.parley.log;

import java.util.List;

/**
 * Some entries of a room, and what the log held when they were read. Immutable.
 *
 * @param entries consecutive, oldest first
 * @param extent of the log at that moment
 */
public record Page(List<Entry> entries, Extent extent) {

    /** Copies the list. */
    public Page {
        entries = List.copyOf(entries);
    }
}
