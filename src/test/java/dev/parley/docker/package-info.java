/** The files in {@code docker/}, checked as far as that goes without an engine. */
@NullMarked
package dev.parley.docker;

import org.jspecify.annotations.NullMarked;
