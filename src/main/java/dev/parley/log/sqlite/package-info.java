/**
 * The room log in one SQLite file, for one machine: WAL, {@code synchronous=FULL}, one writer thread, group commit. The
 * only package that sees JDBC.
 */
@NullMarked
package dev.parley.log.sqlite;

import org.jspecify.annotations.NullMarked;
