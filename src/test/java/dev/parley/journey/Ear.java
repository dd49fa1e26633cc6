package dev.parley.journey;

import java.io.IOException;

/**
 * One connection of a reader, or what stands for one where each answer is a request of its own. An {@link IOException} says
 * that the line broke. Confined to one thread.
 */
interface Ear {

    /** Sends it; whoever reads is told when it is acknowledged, now or later. */
    void send(Draft draft) throws IOException;

    /** Waits for what comes next, and tells the reader. */
    void listen() throws IOException;

    /** Leaves, with or without a word. */
    void leave(boolean politely) throws IOException;
}
