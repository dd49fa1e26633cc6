package dev.parley.websocket;

/** What a client and the server say to each other on one connection. Called by the container, one call at a time. */
interface Conversation {

    /** The client is there. */
    void opened();

    /** The client sent a frame. */
    void said(ClientFrame frame);
}
