/** The clock and the one coarse timer. Tests move theirs by hand; nothing else in the house asks the system for the time. */
@NullMarked
package dev.parley.time;

import org.jspecify.annotations.NullMarked;
