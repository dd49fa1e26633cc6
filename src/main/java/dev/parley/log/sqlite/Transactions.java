package dev.parley.log.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection's transactions. Confined to whoever uses the connection.
 *
 * <p>{@code BEGIN} and {@code COMMIT} are our own: after an error on which SQLite rolled back by itself, the driver's
 * {@code rollback()} leaves its connection outside any transaction, and every later statement would commit alone.
 */
final class Transactions {

    private final Connection connection;
    private final String begin;

    /** {@code begin} is the statement that begins one. */
    Transactions(Connection connection, String begin) throws SQLException {
        this.connection = connection;
        this.begin = begin;
        // Tells the driver not to look after transactions, then ends the one it has begun.
        connection.setAutoCommit(false);
        execute("ROLLBACK");
    }

    /** Statements that belong together, and what comes of them. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Does all of {@code work}, or, when it throws, nothing. */
    <T> T run(Work<T> work) throws SQLException {
        execute(begin);
        try {
            T result = work.run();
            execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Throwable cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
