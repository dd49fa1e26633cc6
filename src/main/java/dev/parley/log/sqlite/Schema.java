package dev.parley.log.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and how a file of an older version becomes one of this. A change of the tables is a new step at the end
 * of {@link #STEPS}; a step that was released is never touched again.
 */
final class Schema {

    /** {@code PRAGMA application_id}: "Prly". */
    static final int APPLICATION_ID = 0x50726C79;

    /** Step {@code n} turns version {@code n} into {@code n + 1}; version 0 is an empty file. */
    static final List<List<String>> STEPS = List.of(
            List.of(
                    // One row: the log's identity, and the key that signs guests' cookies.
                    "CREATE TABLE log (epoch TEXT NOT NULL, secret BLOB NOT NULL) STRICT",
                    // Up to trimmed entries are gone for readers, up to forgotten their keys and rows too.
                    """
            CREATE TABLE room (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                head INTEGER NOT NULL DEFAULT 0,
                trimmed INTEGER NOT NULL DEFAULT 0,
                forgotten INTEGER NOT NULL DEFAULT 0
            ) STRICT""",
                    // place: see Place. at: milliseconds since 1970. digest: SHA-256 of a text that retention took.
                    """
            CREATE TABLE entry (
                place INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                key TEXT NOT NULL,
                author TEXT NOT NULL,
                name TEXT NOT NULL,
                text TEXT,
                digest BLOB
            ) STRICT""",
                    "CREATE INDEX entry_key ON entry (key)"),
            List.of(
                    // An entry without a key has an empty one, which nobody looks for.
                    "DROP INDEX entry_key",
                    "CREATE INDEX entry_key ON entry (key) WHERE key <> ''",
                    // The newest row tells the head, so that a commit need not write it. The numbers are those of
                    // Place.
                    "ALTER TABLE room DROP COLUMN head",
                    "CREATE VIEW headed_room AS SELECT id, name, trimmed, forgotten, coalesce(("
                            + "SELECT place & 0xFFFFFFFFF FROM entry WHERE place BETWEEN id << 36 AND id << 36 | 0xFFFFFFFFF"
                            + " ORDER BY place DESC LIMIT 1), forgotten) AS head FROM room"));

    /** {@code PRAGMA user_version} of the files that this Parley writes. */
    static final int VERSION = STEPS.size();

    private Schema() {}

    /** Makes the tables in an empty file, and the log's identity. */
    static void create(Connection connection, String epoch, byte[] secret) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        }
        migrate(connection);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO log (epoch, secret) VALUES (?, ?)")) {
            insert.setString(1, epoch);
            insert.setBytes(2, secret);
            insert.execute();
        }
    }

    /** Brings an older file to {@link #VERSION}, each step whole or not at all. */
    static void migrate(Connection connection) throws SQLException {
        for (int version = version(connection); version < VERSION; version++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                for (String sql : STEPS.get(version)) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + (version + 1));
                statement.execute("COMMIT");
            }
        }
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
