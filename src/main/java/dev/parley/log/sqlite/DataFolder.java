package dev.parley.log.sqlite;

import dev.parley.log.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder with everything that must outlive the process, held by one log at a time. Immutable, but for being let go.
 *
 * <p>{@code parley.lock} keeps other processes out. Within one JVM it must not even be tried: where locks are POSIX's,
 * closing the file a second time would let go of the first one's lock. So what is held is written down among the system
 * properties, the one place that web applications with class loaders of their own share.
 */
final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "parley.lock";

    private final Path path;
    private final String mark;
    private final FileChannel channel;

    private DataFolder(Path path, String mark, FileChannel channel) {
        this.path = path;
        this.mark = mark;
        this.channel = channel;
    }

    /** Makes the folder if it is not there, and holds it until {@link #close}. */
    static DataFolder claim(Path folder) {
        Path path = create(folder);
        String mark = "parley.lock:" + path;
        if (System.getProperties().putIfAbsent(mark, "held") != null) {
            throw inUse(path, "another Parley in this JVM");
        }
        try {
            return new DataFolder(path, mark, lock(path));
        } catch (RuntimeException e) {
            System.getProperties().remove(mark);
            throw e;
        }
    }

    private static Path create(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw new LogException(
                    "The data folder " + folder.toAbsolutePath() + " cannot be made (" + e
                            + "): let the user that runs Parley make it, or choose another folder.",
                    e);
        }
    }

    private static FileChannel lock(Path path) {
        FileChannel channel = open(path);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
            channel.close();
            throw inUse(path, "another process");
        } catch (OverlappingFileLockException e) {
            throw inUse(path, "another Parley in this JVM");
        } catch (IOException e) {
            throw new LogException("The data folder " + path + " cannot be locked (" + e + "): use a local disk.", e);
        }
    }

    private static FileChannel open(Path path) {
        try {
            return FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new LogException(
                    "The data folder " + path + " cannot be written (" + e
                            + "): let the user that runs Parley write there, or choose another folder.",
                    e);
        }
    }

    private static LogException inUse(Path path, String by) {
        return new LogException(
                "The data folder " + path + " is in use by " + by + ": stop that one first, or choose another folder.");
    }

    /** Where it really is. */
    Path path() {
        return path;
    }

    /** Lets others in. The lock's file stays: whoever deletes it may delete another's. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LogException("The lock of " + path + " cannot be released (" + e + ").", e);
        } finally {
            System.getProperties().remove(mark);
        }
    }
}
