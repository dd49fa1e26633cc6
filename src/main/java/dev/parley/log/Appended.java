package dev.parley.log;

/**
 * What became of a draft that is durable now. Immutable.
 *
 * @param epoch the identity of the log
 * @param seq its place in the room's log
 * @param duplicate whether it stood there already, sent before under the same key
 */
public record Appended(String epoch, long seq, boolean duplicate) {}
