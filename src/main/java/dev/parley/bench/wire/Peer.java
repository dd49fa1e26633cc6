package dev.parley.bench.wire;

/** What speaks over a {@link Link}. Called on the loop's thread. */
interface Peer {

    /** The TCP connection is there. */
    void connected();

    /**
     * Bytes came, after those that were left the last time.
     *
     * @param now when, as {@link System#nanoTime}
     * @return how many of them are done with; the others come again with what comes next
     */
    int read(byte[] bytes, int from, int to, long now);

    /** The connection is gone, and not because of {@link Link#close}. */
    void ended(String why);
}
