package dev.parley.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.PlainFormat;
import dev.parley.protocol.RequestId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.WireFormat;
import dev.parley.room.Batch;
import dev.parley.room.Room;
import dev.parley.room.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that goes out on one connection. Thread-safe.
 *
 * <p>One write is under way at a time. Whoever ends it looks again: answers that wait go first, then each room reads on from
 * its cursor; all that is ready becomes one frame. So a connection that is slow costs its cursors and no queue: what it has
 * not had yet is in the log. What is just what comes next goes out as the bytes that the room made once for everybody; for
 * that the newest of them are kept while a write is under way.
 *
 * <p>{@code writing} says that somebody holds the right to write; only the holder touches the loop and writes.
 * The lock is held neither across a write nor across a callback. Lock order: pump, then room.
 */
public final class Pump {

    private final Connection connection;
    private final WireFormat format;
    private final Delivery delivery;
    private final Vitals vitals;

    /** Confined to the holder of {@code writing}. */
    private final WriteLoop loop;

    @GuardedBy("this")
    private final Answers answers = new Answers();

    @GuardedBy("this")
    private final Subscriptions subscriptions = new Subscriptions();

    @GuardedBy("this")
    private boolean writing;

    /** Set with the lock; once set, for good. */
    private volatile boolean closed;

    Pump(Connection connection, WireFormat format, Delivery delivery, Vitals vitals) {
        this.connection = connection;
        this.format = format;
        this.delivery = delivery;
        this.vitals = vitals;
        this.loop = new WriteLoop(this, connection, vitals);
    }

    /** Gives the client an answer, before anything that its rooms have. Returns at once. */
    public void send(ServerMessage message) {
        boolean tooMany;
        synchronized (this) {
            if (closed) {
                return;
            }
            answers.add(message);
            tooMany = answers.areTooMany();
        }
        if (tooMany) {
            close(CloseCode.SLOW, "answers of more than " + Answers.MAX_CHARS + " characters wait");
        } else {
            start();
        }
    }

    /**
     * Subscribes to a room that was opened for this, and answers {@code joined}; done again, moves the cursor.
     *
     * @param after where to read on; empty: from now, or from where it is
     */
    public void join(Room room, Person person, Optional<Cursor> after, Optional<RequestId> id) {
        boolean surplus;
        synchronized (this) {
            Optional<Subscription> known = subscriptions.find(room.name());
            surplus = closed || known.isPresent();
            if (!closed) {
                Subscription subscription = known.orElseGet(() -> attach(room, person));
                Cursor here = known.map(Subscription::cursor).orElseGet(room::head);
                subscription.place(after.orElse(here), id).forEach(answers::add);
                subscriptions.markBehind(subscription);
            }
        }
        if (surplus) {
            delivery.release(room.name());
        }
        start();
    }

    @GuardedBy("this")
    private Subscription attach(Room room, Person person) {
        Subscription subscription = new Subscription(this, room, person, format == PlainFormat.LOG);
        subscriptions.add(subscription);
        room.attach(subscription, person);
        return subscription;
    }

    /** Unsubscribes, as the client asked; whether it was subscribed. */
    public boolean leave(RoomName name) {
        boolean left;
        synchronized (this) {
            left = subscriptions.leave(name);
        }
        if (left) {
            delivery.release(name);
        }
        return left;
    }

    /** The person has a new name, in every room. */
    public synchronized void rename(Person person) {
        subscriptions.rename(person);
    }

    /** The room, if this connection is in it. */
    public synchronized Optional<Room> room(RoomName name) {
        return subscriptions.find(name).map(Subscription::room);
    }

    /** How many rooms this connection is in. */
    public synchronized int rooms() {
        return subscriptions.size();
    }

    /** Called on a room's turn. */
    void offer(Subscription subscription, Batch batch) {
        boolean taken = false;
        synchronized (this) {
            if (closed || !subscriptions.has(subscription)) {
                return;
            }
            subscription.count(batch);
            if (!writing && !hasWork() && subscription.takes(batch)) {
                taken = true;
                writing = true;
            } else if (subscription.lacks(batch)) {
                subscription.keep(batch);
                subscriptions.markBehind(subscription);
            }
        }
        if (taken) {
            writeFirst(batch.shared());
        } else {
            start();
        }
    }

    /** Called on a room's turn. */
    void mention(Subscription subscription, Person author, Shared shared) {
        synchronized (this) {
            boolean own = subscription.person().id().equals(author.id());
            if (own || closed || !subscriptions.has(subscription)) {
                return;
            }
            if (writing || hasWork()) {
                subscription.keep(shared);
                subscriptions.markBehind(subscription);
                return;
            }
            writing = true;
        }
        writeFirst(shared);
    }

    /** For the holder of {@code writing}. */
    private void writeFirst(Shared shared) {
        loop.add(shared.frames(format));
        loop.run();
    }

    /** Has somebody write, if nobody does and there is something. */
    private void start() {
        synchronized (this) {
            if (writing || closed || !hasWork()) {
                return;
            }
            writing = true;
        }
        delivery.execute(loop::run);
    }

    @GuardedBy("this")
    private boolean hasWork() {
        return !answers.isEmpty() || subscriptions.anyBehind();
    }

    boolean isClosed() {
        return closed;
    }

    /** Looks again: makes everything that is ready into frames, or gives the right to write back. */
    WriteLoop.Next next() {
        List<ServerMessage> ready = List.of();
        List<Batch> kept = List.of();
        List<LogRead> reads = List.of();
        synchronized (this) {
            if (!closed && hasWork()) {
                ready = new ArrayList<>();
                int chars = answers.moveTo(ready, Room.FRAME_CHARS);
                if (answers.farewell().isEmpty()) {
                    kept = subscriptions.takeKept();
                    reads = kept.isEmpty() ? subscriptions.gather(ready, Room.FRAME_CHARS - chars) : reads;
                }
            }
            if (ready.isEmpty() && kept.isEmpty() && reads.isEmpty()) {
                WriteLoop.Next next = answers.next();
                writing = next != WriteLoop.Next.NOTHING;
                return next;
            }
        }
        reads.forEach(this::read);
        loop.add(format.encode(ready));
        kept.forEach(batch -> loop.add(batch.shared().frames(format)));
        return WriteLoop.Next.FRAMES;
    }

    private void read(LogRead asked) {
        Subscription subscription = asked.subscription();
        subscription.room().read(asked.seq()).whenComplete((read, failure) -> {
            if (failure != null) {
                close(CloseCode.SERVER_FAULT, "the room's log cannot be read now");
                return;
            }
            synchronized (this) {
                subscription.fetched(read, asked);
                subscriptions.markBehind(subscription);
            }
            start();
        });
    }

    /** Says goodbye after the answers that wait, then closes. Returns at once. */
    public void finish(ServerMessage.Bye bye, String reason) {
        synchronized (this) {
            if (closed || answers.farewell().isPresent()) {
                return;
            }
            answers.addLast(bye, reason);
        }
        start();
    }

    void sayFarewell() {
        Optional<Answers.Farewell> said;
        synchronized (this) {
            said = answers.farewell();
        }
        said.ifPresent(farewell -> close(farewell.code(), farewell.reason()));
    }

    /** Closes the connection, for good; what was not written is lost to it, and not to the room. */
    public void close(CloseCode code, String reason) {
        if (closed()) {
            connection.close(code, reason);
        }
    }

    /** The connection says that it is closed; whether that is news. */
    public boolean closed() {
        List<RoomName> rooms;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            answers.clear();
            rooms = subscriptions.end();
        }
        rooms.forEach(delivery::release);
        delivery.ended(this);
        return true;
    }

    /** The client gave a sign of life. */
    public void heard() {
        vitals.heard();
    }

    /** Called now and then: cuts a write that makes no progress and a peer that is dead, and asks a silent one. */
    void check() {
        Vitals.Finding finding;
        synchronized (this) {
            finding = closed ? Vitals.Finding.WELL : vitals.check(writing);
            if (finding == Vitals.Finding.PING_DUE || finding == Vitals.Finding.SILENT) {
                answers.ask(finding == Vitals.Finding.SILENT);
            }
        }
        switch (finding) {
            case STUCK -> close(CloseCode.SLOW, "a write made no progress for " + vitals.writeTimeout());
            case DEAD -> close(CloseCode.GOING_AWAY, "nothing heard for " + vitals.deadAfter());
            case PING_DUE, SILENT -> start();
            case WELL -> {}
        }
    }
}
