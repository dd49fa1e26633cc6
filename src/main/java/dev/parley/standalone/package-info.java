/**
 * The server that {@code java -jar parley.war} starts: HTTP, Servlets and WebSocket on one port. The only importer of
 * Grizzly and Tyrus; hands everything else to {@code app}.
 *
 * <p>Tyrus knows the endpoints and answers every handshake. On the chat endpoints frames then go from {@code FrameReader} to
 * {@link dev.parley.websocket.DirectChat}, and from the pump to {@code Outbox} and the socket, as bytes made once for all
 * members of a room; on {@code /echo} straight from the one to the other. Only what is left, the proxy doctor's socket, is a
 * session of Tyrus's.
 */
@NullMarked
package dev.parley.standalone;

import org.jspecify.annotations.NullMarked;
