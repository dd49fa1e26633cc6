/** The tests of the lab's counts and trouble. */
@NullMarked
package dev.parley.lab;

import org.jspecify.annotations.NullMarked;
