/**
 * The room log in one SQLite file, for one machine: WAL, {@code synchronous=FULL}, one writer thread, group commit. The
 * only package that sees JDBC.
 *
 * <p>{@link dev.parley.log.sqlite.EmbeddedRoomLog} is the door. Behind it: {@code DataFolder} keeps others out, {@code
 * DatabaseFile} and {@code Schema} make or check the file, {@code Inbox} → {@code Writer} → {@code Appender} is a
 * draft's way in, {@code Readers} → {@code Reader} a page's way out, {@code Sweeper} is retention. {@code WriteSession}
 * and {@code ReadSession} hold a connection each until something fails on it.
 */
@NullMarked
package dev.parley.log.sqlite;

import org.jspecify.annotations.NullMarked;
