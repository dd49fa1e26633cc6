package dev.parley.room;

import java.util.OptionalInt;

/**
 * What one turn of a room has for whoever has had everything before it. Immutable.
 *
 * @param from the last entry before it
 * @param to the last entry in it
 * @param fromVersion the roster's version before it
 * @param toVersion the roster's version after it
 * @param connections how many there are, if that changed
 * @param shared its messages
 */
public record Batch(long from, long to, long fromVersion, long toVersion, OptionalInt connections, Shared shared) {}
