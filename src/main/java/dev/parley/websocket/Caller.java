package dev.parley.websocket;

import dev.parley.request.Target;

/**
 * Who connected to a chat endpoint, and what for. Immutable.
 *
 * @param arrival what the handshake found out
 * @param inRoom whether the last segment of the path names a room
 * @param target the URL's path and query
 * @param subprotocol what was agreed on, empty if nothing was
 */
record Caller(Arrival arrival, boolean inRoom, Target target, String subprotocol) {}
