/** The log in a real SQLite file, in a folder of the test's own. */
@NullMarked
package dev.parley.log.sqlite;

import org.jspecify.annotations.NullMarked;
