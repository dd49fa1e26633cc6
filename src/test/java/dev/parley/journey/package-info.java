/**
 * People who talk in some rooms and take another transport at every step, over a line that breaks, to a server that is
 * killed; and the book that knows what must have come of it. Clients only: may touch the JDK, {@code jakarta.json} and
 * {@code testing}.
 */
@NullMarked
package dev.parley.journey;

import org.jspecify.annotations.NullMarked;
