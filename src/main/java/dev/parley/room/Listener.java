package dev.parley.room;

import dev.parley.protocol.Person;

/** One connection's ear in a room. Called on the room's turns, one at a time, under no lock; must not block. */
public interface Listener {

    /** Something new. Who cannot take it now, or lacks something before it, reads on by itself later. */
    void offer(Batch batch);

    /** Something about {@code author} that is worth hearing now and not much later; a newer one takes its place. */
    void mention(Person author, Shared shared);

    /** Whether the room must tell this listener how many connections it has. */
    boolean countsConnections();
}
