package dev.parley.journey;

/** Whom an {@link Ear} tells what it hears. Confined to one thread. */
interface Reader {

    /** The server says where in the room the reader is. */
    void stands(String room, String cursor);

    /** A message came. */
    void heard(Entry entry, String cursor);

    /** A message is stored. */
    void acknowledged(String room, String key, long seq);
}
