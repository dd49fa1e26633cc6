package dev.parley.log.sqlite;

/**
 * Where an entry stands in the table: its room's number and its {@code seq} in one rowid, so that the entries of a room
 * lie together in the file, in order. Room for 68 billion entries in each of 134 million rooms.
 */
final class Place {

    /** The largest {@code seq} there can be. */
    static final long MAX_SEQ = (1L << 36) - 1;

    private Place() {}

    static long of(long room, long seq) {
        return room << 36 | seq;
    }

    static long seq(long place) {
        return place & MAX_SEQ;
    }
}
