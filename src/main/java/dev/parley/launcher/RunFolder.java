package dev.parley.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * A folder for one run, nobody else's to read. Beside it lies a file that the process keeps locked as long as it lives,
 * however it ends; folders whose files nobody locks are leftovers of killed runs, and go at the next start.
 */
final class RunFolder {

    private static final String PREFIX = "parley-run-";
    private static final String SUFFIX = ".lock";
    private static final int TRIES = 10;

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private RunFolder(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Makes a new one, and sweeps what killed runs of the same user left. */
    static RunFolder create() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        for (int i = 0; i < TRIES; i++) {
            Path lockFile = Files.createTempFile(temp, PREFIX, SUFFIX);
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held == null || !Files.exists(lockFile)) {
                // Another start swept it between the two lines above.
                channel.close();
                continue;
            }
            RunFolder folder = new RunFolder(folderOf(lockFile), lockFile, channel);
            makePrivate(folder.path);
            sweep(temp, lockFile);
            return folder;
        }
        throw new IOException("no folder to be had in " + temp);
    }

    private static Path folderOf(Path lockFile) {
        String name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static void makePrivate(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }

    private static void sweep(Path temp, Path own) throws IOException {
        UserPrincipal user = Files.getOwner(own);
        try (DirectoryStream<Path> lockFiles = Files.newDirectoryStream(temp, PREFIX + "*" + SUFFIX)) {
            for (Path lockFile : lockFiles) {
                if (!lockFile.equals(own)) {
                    sweepIfLeft(lockFile, user);
                }
            }
        }
    }

    private static void sweepIfLeft(Path lockFile, UserPrincipal user) {
        try {
            if (!Files.getOwner(lockFile, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                return;
            }
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                if (channel.tryLock() != null) {
                    deleteTree(folderOf(lockFile));
                    Files.deleteIfExists(lockFile);
                }
            }
        } catch (IOException e) {
            // Somebody else sweeps it, or nobody can; this run does not depend on it.
        }
    }

    Path path() {
        return path;
    }

    /** Deletes it, as far as that is possible. */
    void delete() {
        try {
            deleteTree(path);
            Files.deleteIfExists(lockFile);
            lock.close();
        } catch (IOException e) {
            // The next start sweeps what is left.
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @SuppressWarnings("unused") IOException failure)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
