/** The clock that tests move by hand. */
@NullMarked
package dev.parley.time;

import org.jspecify.annotations.NullMarked;
