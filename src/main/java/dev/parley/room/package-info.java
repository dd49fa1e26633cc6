/**
 * Rooms as they are while somebody is there: who listens, who is present, and the newest entries, encoded once. Above the
 * log, which has the order and the past; below delivery, which writes. Nothing here writes to a socket.
 */
@NullMarked
package dev.parley.room;

import org.jspecify.annotations.NullMarked;
