/** What tests of several packages share: clients, decent and not. May touch the JDK and {@code jakarta.json}. */
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
