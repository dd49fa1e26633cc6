package dev.parley.log.sqlite;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.JDBC;

/** SQLite's driver, which registers itself for the whole JVM as soon as its class is used. */
final class JdbcDriver {

    private JdbcDriver() {}

    /**
     * Takes the registration back, if the driver came with us: it would keep a web application's classes in memory
     * after the application is gone. We open connections without it, so a log that is still open or opened later misses
     * nothing.
     */
    static void deregister() throws SQLException {
        ClassLoader ours = JdbcDriver.class.getClassLoader();
        List<Driver> registered = DriverManager.drivers()
                .filter(driver -> driver instanceof JDBC && driver.getClass().getClassLoader() == ours)
                .toList();
        for (Driver driver : registered) {
            DriverManager.deregisterDriver(driver);
        }
    }
}
