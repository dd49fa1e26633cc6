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

/**
 * The one thread that writes. In a turn it commits everything that has queued up while it was in the last one, tells the
 * listeners, then answers the senders, and does a step of a sweep that is under way. Ends when the inbox is closed and
 * empty.
 *
 * <p>A commit that fails fails for its whole batch, changes nothing in memory or in the file, and the next turn goes on.
 */
final class Writer implements Runnable {

    private static final System.Logger LOGGER = System.getLogger(Writer.class.getName());

    private final DatabaseFile file;
    private final Transactions transactions;
    private final Appender appender;
    private final Sweeper sweeper;
    private final Inbox inbox;
    private final List<Listener> listeners;
    private final Timer timer;

    Writer(
            DatabaseFile file,
            Connection connection,
            Retention retention,
            Inbox inbox,
            List<Listener> listeners,
            Timer timer)
            throws SQLException {
        this.file = file;
        this.inbox = inbox;
        this.listeners = listeners;
        this.timer = timer;
        transactions = new Transactions(connection, "BEGIN IMMEDIATE");
        appender = new Appender(connection);
        sweeper = new Sweeper(connection, retention);
    }

    @Override
    public void run() {
        List<Append> batch = new ArrayList<>();
        while (!inbox.isDone()) {
            if (!sweeper.isUnderWay()) {
                inbox.await();
            }
            inbox.drainTo(batch);
            if (!batch.isEmpty()) {
                commit(batch);
                batch.clear();
            }
            if (inbox.takeSweepWish()) {
                sweeper.begin();
            }
            if (sweeper.isUnderWay()) {
                sweep();
            }
        }
    }

    private void commit(List<Append> batch) {
        List<Entry> entries = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>(batch.size());
        Instant at = Instant.ofEpochMilli(timer.now().toEpochMilli());
        try {
            transactions.run(() -> {
                for (Append append : batch) {
                    answers.add(take(append, at, entries));
                }
                appender.saveHeads();
                return answers;
            });
        } catch (SQLException | RuntimeException | Error e) {
            appender.rolledBack();
            LogException failure = new LogException("Cannot write to " + file + ": " + e.getMessage(), e);
            batch.forEach(append -> append.stage().completeExceptionally(failure));
            return;
        }
        appender.committed();
        sweeper.appended(entries.size());
        tell(entries);
        answers.forEach(Runnable::run);
    }

    /** Makes a row of it, and gives what its sender is to hear once the batch is durable. */
    private Runnable take(Append append, Instant at, List<Entry> entries) throws SQLException {
        Draft draft = append.draft();
        try {
            Appended appended = appender.append(draft, at);
            if (!appended.duplicate()) {
                entries.add(new Entry(draft.room(), appended.seq(), at, draft.key(), draft.author(), draft.text()));
            }
            return () -> append.stage().complete(appended);
        } catch (KeyReusedException e) {
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

    private void sweep() {
        try {
            transactions.run(() -> {
                sweeper.step(timer.now());
                return sweeper;
            });
        } catch (SQLException | RuntimeException | Error e) {
            sweeper.stop();
            LOGGER.log(Level.ERROR, "Old entries stay in " + file + " for now, the next sweep tries again", e);
        }
    }
}
