package dev.parley.log.sqlite;

import static dev.parley.log.Stages.await;
import static dev.parley.log.Stages.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parley.log.Draft;
import dev.parley.log.LogException;
import dev.parley.log.RoomLog;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import dev.parley.time.ManualTimer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that is refused says which file, what is wrong and what to do, changes nothing and holds nothing. */
class RefusedStartTest {

    private static final RoomName ROOM = new RoomName("lobby");
    private static final Person ADA = new Person("a1", new PersonName("Ada"));

    @TempDir
    Path folder;

    private final ManualTimer timer = new ManualTimer();

    private RoomLog open() {
        return EmbeddedRoomLog.open(folder, Retention.keepAll(), timer);
    }

    private Path file() {
        return folder.resolve("parley.db");
    }

    private void grow() {
        try (RoomLog log = open()) {
            awaitAll(IntStream.range(0, 2000)
                    .mapToObj(n -> log.append(new Draft(ROOM, "key " + n, ADA, "some text, number " + n)))
                    .toList());
        }
    }

    /** Opening fails, with one sentence that has all of {@code parts}, and leaves every file as it was. */
    private void assertRefused(String... parts) throws IOException {
        Map<String, byte[]> before = contents();
        assertThatThrownBy(this::open)
                .isInstanceOf(LogException.class)
                .satisfies(e ->
                        assertThat(e.getMessage()).contains(parts).endsWith(".").doesNotContain("\n"));
        Map<String, byte[]> after = contents();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
        assertThat(timer.waiting()).isZero();
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals("parley.lock") && !name.endsWith("-shm")) {
                    contents.put(name, Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    @Test
    void emptyFileIsRefused() throws Exception {
        Files.createFile(file());

        assertRefused(file().toString(), "empty", "restore it from a backup");
    }

    @Test
    void fileThatIsNotSqlitesIsRefused() throws Exception {
        Files.writeString(file(), "SQLite is a nice thing. ".repeat(100));

        assertRefused(file().toString(), "not an SQLite file");
    }

    @Test
    void headCutOffAFileIsRefused() throws Exception {
        Files.writeString(file(), "SQLite format 3\0");

        assertRefused(file().toString(), "not an SQLite file");
    }

    @Test
    void folderInPlaceOfTheFileIsRefused() throws Exception {
        Files.createDirectory(file());

        assertThatThrownBy(this::open).isInstanceOf(LogException.class).hasMessageContaining(file().toString());
    }

    @Test
    void fileOfAnotherApplicationIsRefused() throws Exception {
        SqliteFiles.execute(file(), "CREATE TABLE addresses (name TEXT)");

        assertRefused(file().toString(), "another application", "choose another data folder");
    }

    @Test
    void fileOfANewerParleyIsRefused() throws Exception {
        grow();
        SqliteFiles.execute(file(), "PRAGMA user_version = " + (Schema.VERSION + 1));

        assertRefused(
                file().toString(), "version " + (Schema.VERSION + 1), "1 to " + Schema.VERSION, "run the version");
    }

    @Test
    void pageOverwrittenInTheMiddleIsRefused() throws Exception {
        grow();
        byte[] rubbish = new byte[4096];
        new Random(7).nextBytes(rubbish);
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
            raw.seek(raw.length() / 2 / 4096 * 4096);
            raw.write(rubbish);
        }

        assertRefused(file().toString(), "damaged", "restore it from a backup");
    }

    @Test
    void fileThatWasCutOffIsRefused() throws Exception {
        grow();
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
            raw.setLength(raw.length() / 2);
        }

        assertRefused(file().toString(), "damaged", "restore it from a backup");
    }

    @Test
    void largeFileThatWasCutOffIsRefusedWithoutReadingItAll() throws Exception {
        grow();
        EmbeddedRoomLog.open(folder, Retention.keepAll(), timer, 0).close();
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
            raw.setLength(raw.length() - 4096);
        }

        assertThatThrownBy(() -> EmbeddedRoomLog.open(folder, Retention.keepAll(), timer, 0))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void walWithoutItsFileIsRefused() throws Exception {
        Files.write(folder.resolve("parley.db-wal"), new byte[100]);

        assertRefused("parley.db-wal", "without parley.db", "put the parley.db");
    }

    @Test
    void folderThatCannotBeMadeIsRefused() throws Exception {
        Path below = Files.createFile(folder.resolve("file")).resolve("data");

        assertThatThrownBy(() -> EmbeddedRoomLog.open(below, Retention.keepAll(), timer))
                .isInstanceOf(LogException.class)
                .hasMessageContaining(below.toString())
                .hasMessageContaining("choose another folder");
    }

    @Test
    void folderThatCannotBeWrittenIsRefused() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(folder), "root writes everywhere");
            assertRefused(folder.toRealPath().toString(), "cannot be written", "choose another folder");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void fileThatCannotBeWrittenIsRefused() throws Exception {
        grow();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
        assumeFalse(Files.isWritable(file()), "root writes everywhere");

        assertThatThrownBy(this::open)
                .isInstanceOf(LogException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("let the user that runs Parley read and write it");
    }

    @Test
    void folderHeldByAnotherLogOfThisJvmIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("data")));
        try (RoomLog first = EmbeddedRoomLog.open(folder.resolve("data"), Retention.keepAll(), timer)) {
            assertThatThrownBy(() -> EmbeddedRoomLog.open(link, Retention.keepAll(), timer))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("another Parley in this JVM");
            assertThat(await(first.append(new Draft(ROOM, "1", ADA, "still here")))
                            .seq())
                    .isEqualTo(1);
        }
        EmbeddedRoomLog.open(link, Retention.keepAll(), timer).close();
    }

    @Test
    void folderHeldByAnotherProcessIsRefused() throws Exception {
        try (ChildLog child = ChildLog.start(folder, "acks")) {
            child.readAcks(1);

            assertThatThrownBy(this::open)
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining(folder.toRealPath().toString())
                    .hasMessageContaining("another process");
        }
        open().close();
    }

    @Test
    void anotherTryInThisJvmDoesNotLetOtherProcessesIn() throws Exception {
        try (RoomLog log = open()) {
            assertThatThrownBy(this::open).isInstanceOf(LogException.class);
            try (ChildLog child = ChildLog.start(folder, "acks")) {
                assertThat(child.complaint()).contains("another process");
            }
            assertThat(log.stored()).isEqualTo("disk");
        }
    }

    @Test
    void refusedStartHoldsNothing() throws Exception {
        Files.createFile(file());
        assertRefused("empty");
        assertRefused("empty");
        Files.delete(file());

        try (RoomLog log = open()) {
            assertThat(await(log.extent(ROOM)).head()).isZero();
        }
    }

    @Test
    void restOfAStartThatDiedWhileMakingTheFileIsNoHindrance() throws Exception {
        Files.writeString(folder.resolve("parley.db.new"), "half made");
        Files.writeString(folder.resolve("parley.db.new-journal"), "half made");

        grow();

        assertThat(contents().keySet()).containsExactly("parley.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }
}
