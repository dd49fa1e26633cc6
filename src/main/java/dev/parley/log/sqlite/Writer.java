package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.Entry;
import dev.parley.log.KeyReusedException;
import dev.parley.log.LogException;
import dev.parley.log.RoomLog.Listener;
import dev.parley.time.Timer;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. In a turn it commits everything that has queued up while it was in the last one, tells
 * the listeners, then answers the senders, and does a step of a sweep that is under way. Ends when the inbox is closed
 * and empty.
 *
 * <p>A commit that fails fails for its whole batch and changes nothing; the next turn goes on with a new connection.
 * Confined to its thread, but for what is said to come before or after it.
 */
final class Writer implements Runnable {

    private static final System.Logger LOGGER = System.getLogger(Writer.class.getName());

    private final DatabaseFile file;
    private final Retention retention;
    private final Inbox inbox;
    private final List<Listener> listeners;
    private final Timer timer;
    private @Nullable WriteSession session;

    Writer(DatabaseFile file, Retention retention, Inbox inbox, List<Listener> listeners, Timer timer) {
        this.file = file;
        this.retention = retention;
        this.inbox = inbox;
        this.listeners = listeners;
        this.timer = timer;
    }

    /** Begins with {@code connection}; before the thread starts. */
    void use(Connection connection) throws SQLException {
        session = new WriteSession(connection, retention);
    }

    @Override
    public void run() {
        List<Append> batch = new ArrayList<>();
        while (!inbox.isDone()) {
            if (!isSweeping()) {
                inbox.await();
            }
            inbox.gather();
            inbox.drainTo(batch);
            if (!batch.isEmpty()) {
                commit(batch);
                batch.clear();
            }
            boolean wanted = inbox.takeSweepWish();
            if (wanted || isSweeping()) {
                sweep(wanted);
            }
        }
    }

    private boolean isSweeping() {
        return session != null && session.sweeper().isUnderWay();
    }

    private void commit(List<Append> batch) {
        List<Entry> entries = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>(batch.size());
        Instant at = Instant.ofEpochMilli(timer.now().toEpochMilli());
        try {
            WriteSession current = session();
            current.transactions().run(() -> {
                for (Append append : batch) {
                    answers.add(take(append, at, entries, current.appender()));
                }
                return answers;
            });
            current.appender().committed();
            current.sweeper().appended(entries.size());
        } catch (SQLException | RuntimeException | Error e) {
            discardSession(e);
            LogException failure = new LogException("Cannot write to " + file + ": " + e.getMessage(), e);
            batch.forEach(append -> append.stage().completeExceptionally(failure));
            return;
        }
        tell(entries);
        answers.forEach(Runnable::run);
    }

    private WriteSession session() throws SQLException {
        WriteSession current = session;
        if (current == null) {
            current = new WriteSession(file.reopen(), retention);
            session = current;
        }
        return current;
    }

    private void discardSession(Throwable cause) {
        try {
            closeSession();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Makes a row of it, and gives what its sender is to hear once the batch is durable. */
    private Runnable take(Append append, Instant at, List<Entry> entries, Appender appender) throws SQLException {
        Draft draft = append.draft();
        try {
            Appended appended = appender.append(draft, at);
            if (!appended.duplicate()) {
                long seq = appended.seq();
                entries.add(new Entry(draft.room(), seq, at, draft.keyAt(seq), draft.author(), draft.text()));
            }
            return () -> append.stage().complete(appended);
        } catch (KeyReusedException | LogException e) {
            return () -> append.stage().completeExceptionally(e);
        }
    }

    private void tell(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<Entry> told = List.copyOf(entries);
        for (Listener listener : listeners) {
            try {
                listener.appended(told);
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.ERROR, "A listener of the log failed", e);
            }
        }
    }

    private void sweep(boolean begin) {
        try {
            WriteSession current = session();
            Sweeper sweeper = current.sweeper();
            if (begin) {
                sweeper.begin();
            }
            if (sweeper.isUnderWay()) {
                current.transactions().run(() -> sweeper.step(timer.now()));
            }
        } catch (SQLException | RuntimeException | Error e) {
            discardSession(e);
            LOGGER.log(Level.ERROR, "Old entries stay in " + file + " for now, the next sweep tries again", e);
        }
    }

    /** Brings everything into the one file, if it can, and closes it; after the thread has ended. */
    void close() throws SQLException {
        try {
            if (session != null) {
                session.checkpoint();
            }
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "Part of the log stays in " + file + "-wal: copy and move both together", e);
        } finally {
            closeSession();
        }
    }

    private void closeSession() throws SQLException {
        WriteSession current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }
}
