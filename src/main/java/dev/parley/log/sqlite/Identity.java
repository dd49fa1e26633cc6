package dev.parley.log.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What was made with the file and stays the same as long as it. Immutable, if nobody writes to the bytes.
 *
 * @param epoch names the log
 * @param secret signs guests' cookies
 */
@SuppressWarnings("ArrayRecordComponent")
record Identity(String epoch, byte[] secret) {

    static Identity read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT epoch, secret FROM log")) {
            return new Identity(row.getString(1), row.getBytes(2));
        }
    }
}
