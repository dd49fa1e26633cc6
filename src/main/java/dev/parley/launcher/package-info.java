/** Lies at the root of the WAR, where {@code java -jar} looks for it. May touch the JDK alone. */
@NullMarked
package dev.parley.launcher;

import org.jspecify.annotations.NullMarked;
