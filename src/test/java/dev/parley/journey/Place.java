package dev.parley.journey;

import java.util.ArrayList;
import java.util.List;

/** Where somebody is in a room, and all that they had from it. Confined to one thread. */
final class Place {

    private final String room;
    private final List<Entry> entries = new ArrayList<>();
    private String cursor;
    private long acknowledged;

    /** At the beginning of an empty room. */
    Place(String room, String cursor) {
        this.room = room;
        this.cursor = cursor;
    }

    String cursor() {
        return cursor;
    }

    List<Entry> entries() {
        return entries;
    }

    void requireAt(String told) {
        if (!told.equals(cursor)) {
            throw new AssertionError("at " + cursor + " of " + room + ", and was told " + told);
        }
    }

    /** What comes is what comes next: nothing twice, nothing left out. */
    void add(Entry entry, String after) {
        if (entry.seq() != entries.size() + 1L) {
            throw new AssertionError("had " + entries.size() + " of " + room + ", then came " + entry);
        }
        entries.add(entry);
        cursor = after;
    }

    /** So much of the room is there to be heard. */
    void expect(long seq) {
        acknowledged = Math.max(acknowledged, seq);
    }

    boolean hasWhatIsThere() {
        return entries.size() >= acknowledged;
    }
}
