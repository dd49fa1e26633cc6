/**
 * Very many connections on one thread: TCP, a client's side of WebSocket (RFC 6455), and the HTTP that streams and polls
 * need. Hands on what comes in as the bytes it came in, without a copy. Knows no word of the protocol, and nothing of ours.
 */
@NullMarked
package dev.parley.bench.wire;

import org.jspecify.annotations.NullMarked;
