package dev.parley.log.sqlite;

import dev.parley.log.sqlite.Readers.Query;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A connection that reads; after a failure the next read gets a new one. Confined to one thread at a time. */
final class ReadSession {

    private final DatabaseFile file;
    private final String epoch;
    private @Nullable Connection connection;
    private @Nullable Reader reader;

    ReadSession(DatabaseFile file, String epoch) {
        this.file = file;
        this.epoch = epoch;
    }

    Reader open() throws SQLException {
        Reader current = reader;
        if (current == null) {
            Connection opened = file.openReadOnly();
            connection = opened;
            current = new Reader(opened, epoch);
            reader = current;
        }
        return current;
    }

    <T> T run(Query<T> query) throws SQLException {
        try {
            return query.run(open());
        } catch (SQLException | RuntimeException | Error e) {
            discard(e);
            throw e;
        }
    }

    private void discard(Throwable cause) {
        try {
            close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    void close() throws SQLException {
        Connection current = connection;
        connection = null;
        reader = null;
        if (current != null) {
            current.close();
        }
    }
}
