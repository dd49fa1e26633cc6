package dev.parley.log.sqlite;

import dev.parley.log.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The file {@code parley.db}. It is made when nothing is there, whole or not at all; whatever is there and is not a
 * sound file of ours stops the start, for an empty log in its place would look as if all was lost. Immutable.
 */
final class DatabaseFile {

    private static final String NAME = "parley.db";
    private static final String MAGIC = "SQLite format 3\0";
    private static final int HEADER_BYTES = 100;
    private static final int APPLICATION_ID_OFFSET = 68;
    private static final String CURE =
            "restore it from a backup, or move " + NAME + " and its -wal out of the folder to begin a new, empty log.";

    private final Path folder;
    private final Path path;

    DatabaseFile(DataFolder folder) {
        this.folder = folder.path();
        path = folder.path().resolve(NAME);
    }

    /** Makes the file, or looks at its first bytes; opens nothing. */
    void prepare() {
        try {
            if (Files.exists(path)) {
                checkHeader();
            } else if (Files.exists(sibling("-wal"))) {
                throw new LogException(sibling("-wal") + " is there without " + NAME + ": put the " + NAME
                        + " it belongs to back beside it, or move it away to begin a new, empty log.");
            } else {
                create();
            }
        } catch (IOException e) {
            throw new LogException(
                    path + " cannot be read or made (" + e
                            + "): let the user that runs Parley read and write it, and see that the disk is not full.",
                    e);
        }
    }

    private void checkHeader() throws IOException {
        if (Files.size(path) == 0) {
            throw refusal("is empty, 0 bytes", CURE);
        }
        byte[] header;
        try (var in = Files.newInputStream(path)) {
            header = in.readNBytes(HEADER_BYTES);
        }
        if (header.length < HEADER_BYTES
                || !new String(header, 0, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw refusal("is not an SQLite file", CURE);
        }
        if (ByteBuffer.wrap(header).getInt(APPLICATION_ID_OFFSET) != Schema.APPLICATION_ID) {
            throw refusal("is another application's SQLite file", "choose another data folder, or move it away.");
        }
    }

    private void create() throws IOException {
        Path made = sibling(".new");
        for (String rest : new String[] {"", "-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(made + rest));
        }
        createEmpty(made);
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        try (Connection connection = connect(made, new SQLiteConfig())) {
            Schema.create(connection, epoch(random), secret);
        } catch (SQLException e) {
            throw failure(made, e);
        }
        Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /** Only for its owner's eyes, where files have such rights: the secret is in it. */
    private static void createEmpty(Path file) throws IOException {
        if (isPosix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private static String epoch(SecureRandom random) {
        StringBuilder epoch = new StringBuilder();
        random.ints(8, 0, 36).forEach(digit -> epoch.append(Character.forDigit(digit, 36)));
        return epoch.toString();
    }

    /** Makes the new name durable. Windows cannot open a folder, and needs no such thing. */
    private static void sync(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Opens it for the writer, after checking it through and bringing it to this version. */
    Connection open(long fullCheckBytes) {
        return open(connection -> {
            checkVersion(Schema.version(connection));
            Soundness.check(connection, size() <= fullCheckBytes).ifPresent(damage -> {
                throw refusal("is damaged (" + damage + ")", CURE);
            });
            configure(connection);
            Schema.migrate(connection);
        });
    }

    /** Opens it for the writer again, after something failed. */
    Connection reopen() {
        return open(DatabaseFile::configure);
    }

    /** What makes a connection ready. */
    @FunctionalInterface
    private interface Preparation {
        void run(Connection connection) throws SQLException;
    }

    private Connection open(Preparation preparation) {
        try {
            Connection connection = connect(path, new SQLiteConfig());
            try {
                preparation.run(connection);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }

    private void checkVersion(int version) {
        if (version < 1 || version > Schema.VERSION) {
            throw refusal(
                    "has format version " + version + ", this Parley knows 1 to " + Schema.VERSION,
                    "run the version of Parley that wrote it, or a newer one.");
        }
    }

    private long size() {
        Path wal = sibling("-wal");
        try {
            return Files.size(path) + (Files.exists(wal) ? Files.size(wal) : 0);
        } catch (IOException e) {
            throw new LogException(path + " cannot be read (" + e + ").", e);
        }
    }

    private static void configure(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA fullfsync = ON");
            // Room for the pages that a batch over many rooms changes: what falls out is read again for the next.
            statement.execute("PRAGMA cache_size = -8192");
            // Twice the default: the newest pages, which change with every batch, are copied half as often.
            statement.execute("PRAGMA wal_autocheckpoint = 2000");
            // After a burst or a long backup the -wal shrinks again.
            statement.execute("PRAGMA journal_size_limit = 67108864");
            // Changes nothing, but SQLite opens what it may not write without a word.
            statement.execute("DELETE FROM log WHERE FALSE");
        }
    }

    /** Opens it for a reader. */
    Connection openReadOnly() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try {
            return connect(path, config);
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }

    /** Never makes a file. By URI, for a path may hold a question mark. Waits 2 s for a backup that holds the file. */
    private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(2000);
        // The driver would ask for the last rowid after each statement.
        config.setGetGeneratedKeys(false);
        return config.createConnection("jdbc:sqlite:" + file.toUri());
    }

    private static LogException failure(Path file, SQLException e) {
        String what = Soundness.isDamage(e) ? " is damaged (" : " cannot be opened (";
        String cure = Soundness.isDamage(e)
                ? CURE
                : "let the user that runs Parley read and write it, and see that the disk is not full and that no "
                        + "other program has it open.";
        return new LogException(file + what + e.getMessage() + "): " + cure, e);
    }

    private LogException refusal(String what, String cure) {
        return new LogException(path + " " + what + ": " + cure);
    }

    private Path sibling(String suffix) {
        return Path.of(path + suffix);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
