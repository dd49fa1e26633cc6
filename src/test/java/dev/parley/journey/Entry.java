package dev.parley.journey;

/** A message as a reader gets it. Immutable. */
record Entry(String room, long seq, String key, String text) {}
