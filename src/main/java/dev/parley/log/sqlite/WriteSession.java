package dev.parley.log.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The connection that writes, and its statements. Good until something fails: the driver finalizes a statement that met
 * an error such as a full disk, and whether SQLite rolled back is its secret. So what failed is closed, not mended.
 * Confined to one thread at a time.
 */
final class WriteSession implements AutoCloseable {

    private final Connection connection;
    private final Transactions transactions;
    private final Appender appender;
    private final Sweeper sweeper;

    /** Takes over the connection, even if this fails. */
    WriteSession(Connection connection, Retention retention) throws SQLException {
        this.connection = connection;
        try {
            transactions = new Transactions(connection, "BEGIN IMMEDIATE");
            appender = new Appender(connection);
            sweeper = new Sweeper(connection, retention);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Transactions transactions() {
        return transactions;
    }

    Appender appender() {
        return appender;
    }

    Sweeper sweeper() {
        return sweeper;
    }

    /** Brings everything into the one file, so that it can be copied alone, if nobody reads. */
    void checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
