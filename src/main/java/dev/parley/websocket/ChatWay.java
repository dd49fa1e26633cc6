package dev.parley.websocket;

import dev.parley.delivery.Connection;

/** A WebSocket connection that a conversation goes over, through the container's session or past it. */
interface ChatWay extends Connection {

    /** Sends UTF-8 in binary frames from now on, or text. */
    void sendBinary(boolean on);
}
