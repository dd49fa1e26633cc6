package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.Extent;
import dev.parley.log.LogException;
import dev.parley.log.LogFullException;
import dev.parley.log.Page;
import dev.parley.log.RoomLog;
import dev.parley.protocol.RoomName;
import dev.parley.time.Timer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The log in one SQLite file, {@code parley.db}, in a folder that one log holds at a time. Thread-safe.
 *
 * <p>One thread, {@code parley-log-writer}, writes: what has queued up while the last commit was syncing goes into the
 * next. Two, {@code parley-log-reader-n}, read, and never wait for it. For each commit the writer first tells the
 * listeners, with all of its new entries in one list, and then completes the stages, in the order of the appends: when
 * an append completes, every listener has heard of its entry.
 *
 * <p>Limits: 65,536 drafts or 16 Mi characters wait for the writer, 65,536 reads for the readers; what comes then fails
 * with {@link LogFullException}, in a stage that is complete when it is returned. Half a surrogate pair is no Unicode
 * text and comes back as a question mark.
 */
public final class EmbeddedRoomLog implements RoomLog {

    private static final int MAX_PAGE = 1_000;
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Holdings holdings;
    private final Inbox inbox;
    private final List<Listener> listeners;
    private final Readers readers;
    private final Thread writer;
    private final Identity identity;

    private EmbeddedRoomLog(
            Holdings holdings,
            Inbox inbox,
            List<Listener> listeners,
            Readers readers,
            Thread writer,
            Identity identity) {
        this.holdings = holdings;
        this.inbox = inbox;
        this.listeners = listeners;
        this.readers = readers;
        this.writer = writer;
        this.identity = identity;
    }

    /**
     * Opens the log in {@code dataFolder}, and makes either if it is not there.
     *
     * @throws LogException if it cannot: the text names the file, what is wrong with it and what to do
     */
    public static EmbeddedRoomLog open(Path dataFolder, Retention retention, Timer timer) {
        return open(dataFolder, retention, timer, Soundness.FULL_CHECK_BYTES);
    }

    /** The same; a file of at most {@code fullCheckBytes} is checked page by page. */
    static EmbeddedRoomLog open(Path dataFolder, Retention retention, Timer timer, long fullCheckBytes) {
        Holdings holdings = new Holdings();
        try {
            return open(holdings, dataFolder, retention, timer, fullCheckBytes);
        } catch (SQLException e) {
            holdings.releaseAfter(e);
            throw new LogException("Cannot open the log in " + dataFolder + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            holdings.releaseAfter(e);
            throw e;
        }
    }

    private static EmbeddedRoomLog open(
            Holdings holdings, Path dataFolder, Retention retention, Timer timer, long fullCheckBytes)
            throws SQLException {
        holdings.add(JdbcDriver::deregister);
        DataFolder folder = DataFolder.claim(dataFolder);
        holdings.add(folder::close);
        DatabaseFile file = new DatabaseFile(folder);
        file.prepare();
        Inbox inbox = new Inbox();
        List<Listener> listeners = new CopyOnWriteArrayList<>();
        Writer writer = new Writer(file, retention, inbox, listeners, timer);
        holdings.add(writer::close);
        Connection connection = file.open(fullCheckBytes);
        writer.use(connection);
        Identity identity = Identity.read(connection);
        Readers readers = Readers.open(file, identity.epoch(), holdings);
        Thread thread = start(writer, inbox, holdings);
        startSweeps(timer, inbox, holdings);
        return new EmbeddedRoomLog(holdings, inbox, listeners, readers, thread, identity);
    }

    private static Thread start(Writer writer, Inbox inbox, Holdings holdings) {
        Thread thread = new Thread(writer, "parley-log-writer");
        thread.setDaemon(true);
        thread.start();
        holdings.add(() -> {
            inbox.close();
            Patience.until(thread::join);
        });
        return thread;
    }

    private static void startSweeps(Timer timer, Inbox inbox, Holdings holdings) {
        Recurring sweeps = new Recurring(timer, BETWEEN_SWEEPS, inbox::wantSweep);
        holdings.add(sweeps::cancel);
        sweeps.schedule();
        inbox.wantSweep();
    }

    @Override
    public CompletionStage<Appended> append(Draft draft) {
        CompletableFuture<Appended> stage = new CompletableFuture<>();
        try {
            inbox.put(new Append(draft, stage));
        } catch (LogException | LogFullException e) {
            stage.completeExceptionally(e);
        }
        return stage;
    }

    @Override
    public CompletionStage<Extent> extent(RoomName room) {
        return readers.read(reader -> reader.extent(room));
    }

    @Override
    public CompletionStage<Page> after(RoomName room, long seq, int limit) {
        requirePage(limit);
        return readers.read(reader -> reader.after(room, seq, limit));
    }

    @Override
    public CompletionStage<Page> before(RoomName room, long seq, int limit) {
        requirePage(limit);
        return readers.read(reader -> reader.before(room, seq, limit));
    }

    private static void requirePage(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit " + limit + ", 1 to " + MAX_PAGE);
        }
    }

    @Override
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public byte[] secret() {
        return identity.secret().clone();
    }

    @Override
    public String stored() {
        return "disk";
    }

    /** Also ends the threads and takes the JDBC driver's registration back. Must not be called on the log's threads. */
    @Override
    public void close() {
        if (Thread.currentThread() == writer) {
            throw new IllegalStateException("close() on " + writer.getName() + " would wait for itself");
        }
        if (!closing.compareAndSet(false, true)) {
            Patience.until(closed::await);
            return;
        }
        try {
            holdings.release();
        } finally {
            closed.countDown();
        }
    }
}
