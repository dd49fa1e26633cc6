/**
 * The lab's side of the server: what the ways of one run cost, counted by whoever carries the bytes, and the trouble that a
 * guest may make for the connections of a run of theirs. A request takes part by a tag in its query, {@code
 * lab=run.way}; without one nothing here is touched. Knows no container: an edge says what it read and wrote, lets what it
 * writes pass a {@link dev.parley.lab.Gate}, and says how its connection is cut.
 */
@NullMarked
package dev.parley.lab;

import org.jspecify.annotations.NullMarked;
