/**
 * How entries reach a client: a {@link dev.parley.delivery.Pump} for each connection reads on from a cursor for each room
 * whenever the connection can take a write. One write in flight, everything that is ready in it, a deadline on it.
 * {@link dev.parley.delivery.Connection} is the port to whatever carries the bytes.
 */
@NullMarked
package dev.parley.delivery;

import org.jspecify.annotations.NullMarked;
