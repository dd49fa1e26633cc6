/** What tests of several packages share: clients that can misbehave. May touch the JDK alone. */
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
