package dev.parley.log.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Whether a file's pages are what SQLite left there. */
final class Soundness {

    /** The largest file whose every page is checked at the start: some seconds on a slow disk, most often below one. */
    static final long FULL_CHECK_BYTES = 256L << 20;

    private static final int CORRUPT = 11;
    private static final int NOT_A_DATABASE = 26;

    private Soundness() {}

    /**
     * What is damaged. If not {@code full}, looks only whether the file has its length, and at the small tables and
     * both ends of the large one.
     */
    static Optional<String> check(Connection connection, boolean full) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (full) {
                return complaint(statement, "PRAGMA quick_check(1)");
            }
            statement
                    .executeQuery("SELECT (SELECT min(place) FROM entry), (SELECT max(place) FROM entry)")
                    .close();
            Optional<String> log = complaint(statement, "PRAGMA quick_check(log)");
            return log.isPresent() ? log : complaint(statement, "PRAGMA quick_check(room)");
        } catch (SQLException e) {
            if (isDamage(e)) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static Optional<String> complaint(Statement statement, String check) throws SQLException {
        try (ResultSet row = statement.executeQuery(check)) {
            return Optional.of(row.getString(1).replace('\n', ' ')).filter(answer -> !answer.equals("ok"));
        }
    }

    static boolean isDamage(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == CORRUPT || code == NOT_A_DATABASE;
    }
}
