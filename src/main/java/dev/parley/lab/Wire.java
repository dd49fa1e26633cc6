package dev.parley.lab;

/** What carries a request of a way, or its WebSocket, from its begin to its end. Thread-safe. */
public interface Wire {

    /** Ends the connection now, whatever is under way. Must not block. */
    void cut();

    /** Whether that happens without a word; else the container closes in good order, and the client is told. */
    boolean cutsAbruptly();
}
