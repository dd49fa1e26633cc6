package dev.parley.log.sqlite;

/**
 * Where an entry stands in the table: its room's number and its {@code seq} in one rowid, so that the entries of a room
 * lie together in the file, in order. Room for 68 billion entries in each of 134 million rooms.
 */
final class Place {

    private static final int SEQ_BITS = 36;

    /** The largest {@code seq} there can be. */
    static final long MAX_SEQ = (1L << SEQ_BITS) - 1;

    private Place() {}

    static long of(long room, long seq) {
        return room << SEQ_BITS | seq;
    }

    static long seq(long place) {
        return place & MAX_SEQ;
    }
}
