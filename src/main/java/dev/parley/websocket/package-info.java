/**
 * The WebSocket edge: annotated endpoints, the handshake, and the connection that the pump writes to. What is portable
 * between containers is here and nowhere else; besides {@code standalone} the only package that sees
 * {@code jakarta.websocket}.
 *
 * <p>Containers make the endpoints themselves, so these find what they need in {@link dev.parley.websocket.ChatEdge}, one
 * for each web application's class loader. A server that reads and writes frames itself takes what they do without the
 * session: {@link dev.parley.websocket.DirectHandshake}.
 */
@NullMarked
package dev.parley.websocket;

import org.jspecify.annotations.NullMarked;
