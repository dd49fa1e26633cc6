package dev.parley.log;

import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import java.time.Instant;

/**
 * A line in a room's log: durable, and never changed. Immutable.
 *
 * @param room the room
 * @param seq 1, 2, 3 … without a hole
 * @param at when it was appended, to the millisecond
 * @param key the sender's own id for it, or {@linkplain Draft#keyOfPlace one made of its place}
 * @param author who sent it, under the name of that moment
 * @param text what it says
 */
public record Entry(RoomName room, long seq, Instant at, String key, Person author, String text) {}
