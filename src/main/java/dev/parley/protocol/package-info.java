/**
 * The words on the wire and what they may hold: names, cursors, messages, refusals, close codes, and the formats that
 * turn them into text. Knows no container, no store and no thread; everything here is immutable.
 */
@NullMarked
package dev.parley.protocol;

import org.jspecify.annotations.NullMarked;
