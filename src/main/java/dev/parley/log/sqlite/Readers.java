package dev.parley.log.sqlite;

import dev.parley.log.LogException;
import dev.parley.log.LogFullException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that read, each with a connection, so that no page waits for a commit. Thread-safe. */
final class Readers {

    private static final int READERS = 2;

    /** The most reads that wait. */
    static final int MAX_WAITING = 65_536;

    private final DatabaseFile file;
    private final BlockingQueue<ReadSession> idle;
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final ThreadPoolExecutor threads;

    /** Opens the connections; the threads start as they are needed. */
    static Readers open(DatabaseFile file, String epoch, Holdings holdings) throws SQLException {
        List<ReadSession> sessions = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            ReadSession session = new ReadSession(file, epoch);
            holdings.add(session::close);
            session.open();
            sessions.add(session);
        }
        Readers pool = new Readers(file, sessions);
        holdings.add(pool::close);
        return pool;
    }

    private Readers(DatabaseFile file, List<ReadSession> sessions) {
        this.file = file;
        idle = new LinkedBlockingQueue<>(sessions);
        AtomicInteger started = new AtomicInteger();
        threads = new ThreadPoolExecutor(READERS, READERS, 0, TimeUnit.SECONDS, waiting, task -> {
            Thread thread = new Thread(task, "parley-log-reader-" + started.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Something to read. */
    @FunctionalInterface
    interface Query<T> {
        T run(Reader reader) throws SQLException;
    }

    /** Reads on one of the threads; fails with {@link LogFullException} when too much waits. */
    <T> CompletionStage<T> read(Query<T> query) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        try {
            threads.execute(() -> run(query, stage));
        } catch (RejectedExecutionException e) {
            stage.completeExceptionally(
                    threads.isShutdown()
                            ? new LogException("The log is closed.")
                            : new LogFullException(waiting.size()));
        }
        return stage;
    }

    private <T> void run(Query<T> query, CompletableFuture<T> stage) {
        // There is a connection for each thread, so this never waits.
        ReadSession session = idle.remove();
        T result;
        try {
            result = session.run(query);
        } catch (SQLException | RuntimeException | Error e) {
            stage.completeExceptionally(new LogException("Cannot read from " + file + ": " + e.getMessage(), e));
            return;
        } finally {
            idle.add(session);
        }
        stage.complete(result);
    }

    /** Finishes the reads that were taken, and ends the threads. */
    void close() {
        threads.shutdown();
        Patience.until(() -> threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
    }
}
