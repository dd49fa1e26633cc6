package dev.parley.bench.wire;

/** A connection that messages come on, whatever it is made of. Confined to the loop's thread. */
public interface Stream {

    /** How many frames, events or answers came. */
    long frames();

    /** Reads nothing more, as a client does that hangs. */
    void pause();

    /** Reads on. */
    void resume();

    /** Ends it without a word, as a lost line does. Its {@link Inbox} is not told. */
    void cut();
}
