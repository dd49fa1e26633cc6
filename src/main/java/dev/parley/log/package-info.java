/**
 * The room log: one order for each room, durable before it is acknowledged. A port with a store for each package below
 * it; whoever appends or reads sees {@link dev.parley.log.RoomLog} alone.
 */
@NullMarked
package dev.parley.log;

import org.jspecify.annotations.NullMarked;
