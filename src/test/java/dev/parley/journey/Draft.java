package dev.parley.journey;

/** A message before it is stored. Immutable. */
record Draft(String room, String key, String text) {}
