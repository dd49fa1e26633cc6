/** Composition: settings in, everything wired. May touch every package but {@code standalone}; nobody below imports it. */
@NullMarked
package dev.parley.app;

import org.jspecify.annotations.NullMarked;
