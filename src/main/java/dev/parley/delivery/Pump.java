package dev.parley.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Person;
import dev.parley.protocol.PlainFormat;
import dev.parley.protocol.RequestId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.WireFormat;
import dev.parley.room.Batch;
import dev.parley.room.Room;
import dev.parley.room.Shared;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that goes out on one connection. Thread-safe.
 *
 * <p>One write is under way at a time. Whoever ends it looks again: answers that wait go first, then each room reads on from
 * its cursor; all that is ready becomes one frame. So a connection that is slow costs its cursors and no queue: what it has
 * not had yet is in the log. What comes while nothing is under way, and is just what comes next, goes out as the bytes that
 * the room made once for everybody.
 *
 * <p>{@code writing} says that somebody holds the right to write; only the holder touches {@code unsent} and the connection.
 * The lock is held neither across a write nor across a callback. Lock order: pump, then room.
 */
public final class Pump {

    /** Answers that may wait, in characters; a client that asks on and on and does not read is cut there. */
    private static final int ANSWER_CHARS = 4 * 1024 * 1024;

    private final Connection connection;
    private final WireFormat format;
    private final Delivery delivery;
    private final Vitals vitals;

    /** Frames made and not yet written. Confined to the holder of {@code writing}. */
    private final Deque<Frame> unsent = new ArrayDeque<>();

    @GuardedBy("this")
    private final Deque<ServerMessage> answers = new ArrayDeque<>();

    @GuardedBy("this")
    private int answerChars;

    @GuardedBy("this")
    private final Map<RoomName, Subscription> subscriptions = new LinkedHashMap<>();

    /** Those that may have something to read. */
    @GuardedBy("this")
    private final Set<Subscription> behind = new LinkedHashSet<>();

    @GuardedBy("this")
    private boolean writing;

    @GuardedBy("this")
    private boolean pingDue;

    @GuardedBy("this")
    private @Nullable Farewell farewell;

    @GuardedBy("this")
    private boolean closed;

    /** See {@link Delivery#pump}. */
    Pump(Connection connection, WireFormat format, Delivery delivery, Vitals vitals) {
        this.connection = connection;
        this.format = format;
        this.delivery = delivery;
        this.vitals = vitals;
    }

    /** Gives the client an answer, before anything that its rooms have. Returns at once. */
    public void send(ServerMessage message) {
        boolean tooMany;
        synchronized (this) {
            if (closed) {
                return;
            }
            answer(message);
            tooMany = answerChars > ANSWER_CHARS;
        }
        if (tooMany) {
            close(CloseCode.SLOW, "answers of more than " + ANSWER_CHARS + " characters wait");
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
            Subscription known = subscriptions.get(room.name());
            surplus = closed || known != null;
            if (!closed) {
                Subscription subscription = known != null ? known : attach(room, person);
                Cursor start = known != null ? new Cursor(room.head().epoch(), known.seq()) : room.head();
                place(subscription, after.orElse(start), id);
                behind.add(subscription);
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
        subscriptions.put(room.name(), subscription);
        room.attach(subscription, person);
        return subscription;
    }

    @GuardedBy("this")
    private void place(Subscription subscription, Cursor wanted, Optional<RequestId> id) {
        Room room = subscription.room();
        Cursor head = room.head();
        boolean ofThisLog = wanted.epoch().equals(head.epoch()) && wanted.seq() <= head.seq();
        Cursor start = ofThisLog ? wanted : new Cursor(head.epoch(), 0);
        subscription.moveTo(start);
        ServerMessage.Joined joined = room.joined(id, wanted);
        subscription.presenceSeen(joined.version());
        answer(joined);
        if (!ofThisLog) {
            answer(new ServerMessage.Gap(room.name(), wanted, start, ServerMessage.Gap.Reason.EPOCH));
        }
    }

    @GuardedBy("this")
    private void answer(ServerMessage message) {
        answers.add(message);
        answerChars += message.weight();
    }

    /** Unsubscribes, as the client asked; whether it was subscribed. */
    public boolean leave(RoomName name) {
        synchronized (this) {
            Subscription subscription = subscriptions.remove(name);
            if (subscription == null) {
                return false;
            }
            behind.remove(subscription);
            subscription.room().detach(subscription, subscription.person(), false);
        }
        delivery.release(name);
        return true;
    }

    /** The person has a new name, in every room. */
    public synchronized void rename(Person person) {
        for (Subscription subscription : subscriptions.values()) {
            subscription.rename(person);
            subscription.room().rename(person);
        }
    }

    /** The room, if this connection is in it. */
    public synchronized Optional<Room> room(RoomName name) {
        return Optional.ofNullable(subscriptions.get(name)).map(Subscription::room);
    }

    /** How many rooms this connection is in. */
    public synchronized int rooms() {
        return subscriptions.size();
    }

    /** Called on a room's turn. */
    void offer(Subscription subscription, Batch batch) {
        boolean taken = false;
        synchronized (this) {
            if (closed || subscriptions.get(subscription.room().name()) != subscription) {
                return;
            }
            if (subscription.countsConnections() && batch.connections().isPresent()) {
                answer(new ServerMessage.Connected(
                        subscription.room().name(), batch.connections().getAsInt()));
            }
            if (!writing && !hasWork() && subscription.takes(batch)) {
                taken = true;
                hold();
            } else if (subscription.lacks(batch)) {
                behind.add(subscription);
            }
        }
        if (taken) {
            unsent.addAll(batch.shared().frames(format));
            write();
        } else {
            start();
        }
    }

    /** Called on a room's turn: now or never. */
    void mention(Subscription subscription, Person author, Shared shared) {
        synchronized (this) {
            if (closed || writing || subscription.person().id().equals(author.id())) {
                return;
            }
            hold();
        }
        unsent.addAll(shared.frames(format));
        write();
    }

    @GuardedBy("this")
    private void hold() {
        writing = true;
        vitals.writeStarts();
    }

    /** Has somebody write, if nobody does and there is something. */
    private void start() {
        synchronized (this) {
            if (writing || closed || !hasWork()) {
                return;
            }
            hold();
        }
        delivery.execute(this::write);
    }

    @GuardedBy("this")
    private boolean hasWork() {
        return pingDue || farewell != null || !answers.isEmpty() || !behind.isEmpty();
    }

    /** Writes until there is nothing more, or a write takes its time. For the holder of {@code writing}. */
    private void write() {
        while (true) {
            Frame frame = unsent.poll();
            Next next = frame == null ? next() : Next.FRAMES;
            if (next == Next.NOTHING) {
                return;
            }
            if (frame == null && next == Next.FRAMES) {
                continue;
            }
            if (next == Next.FAREWELL) {
                sayFarewell();
                return;
            }
            boolean ended = await(written -> {
                if (frame == null) {
                    connection.ping(written);
                } else {
                    connection.write(frame, written);
                }
            });
            if (!ended) {
                return;
            }
        }
    }

    /** Whether the write ended before it returned; if not, whoever ends it goes on with {@link #write}. */
    private boolean await(Consumer<Connection.Written> write) {
        vitals.writeStarts();
        AtomicBoolean pending = new AtomicBoolean(true);
        write.accept(failure -> {
            vitals.writeEnded();
            if (failure != null) {
                close(CloseCode.GOING_AWAY, "the connection broke");
            }
            if (!pending.compareAndSet(true, false)) {
                write();
            }
        });
        return !pending.compareAndSet(true, false);
    }

    private enum Next {
        FRAMES,
        PING,
        FAREWELL,
        NOTHING
    }

    /** Looks again: makes everything that is ready into frames, or gives the right to write back. */
    private Next next() {
        List<Subscription> reads = new ArrayList<>();
        List<ServerMessage> ready;
        synchronized (this) {
            ready = closed ? List.of() : gather(reads);
            if (ready.isEmpty() && reads.isEmpty()) {
                if (pingDue && !closed) {
                    pingDue = false;
                    return Next.PING;
                }
                if (farewell != null && !closed) {
                    return Next.FAREWELL;
                }
                writing = false;
                return Next.NOTHING;
            }
        }
        reads.forEach(this::read);
        unsent.addAll(format.encode(ready));
        return Next.FRAMES;
    }

    /** Everything that is ready, about a frame of it, and who must read the log to have more. */
    @GuardedBy("this")
    private List<ServerMessage> gather(List<Subscription> reads) {
        List<ServerMessage> ready = new ArrayList<>();
        int chars = 0;
        while (!answers.isEmpty() && chars < Room.FRAME_CHARS) {
            ServerMessage answer = answers.remove();
            answerChars -= answer.weight();
            chars += answer.weight();
            ready.add(answer);
        }
        while (farewell == null && !behind.isEmpty() && chars < Room.FRAME_CHARS) {
            Subscription subscription = behind.iterator().next();
            behind.remove(subscription);
            List<ServerMessage> next = subscription.next();
            ready.addAll(next);
            chars += next.stream().mapToInt(ServerMessage::weight).sum();
            if (subscription.mustRead()) {
                reads.add(subscription);
            } else if (subscription.hasMore()) {
                behind.add(subscription);
            }
        }
        return ready;
    }

    private void read(Subscription subscription) {
        long seq;
        int moves;
        synchronized (this) {
            seq = subscription.seq();
            moves = subscription.moves();
        }
        subscription.room().read(seq).whenComplete((read, failure) -> {
            if (failure != null) {
                close(CloseCode.SERVER_FAULT, "the room's log cannot be read now");
                return;
            }
            synchronized (this) {
                subscription.fetched(read, moves);
                behind.add(subscription);
            }
            start();
        });
    }

    /** Says goodbye after the answers that wait, then closes. Returns at once. */
    public void finish(ServerMessage.Bye bye, String reason) {
        synchronized (this) {
            if (closed || farewell != null) {
                return;
            }
            answer(bye);
            farewell = new Farewell(bye.code(), reason);
        }
        start();
    }

    private void sayFarewell() {
        Farewell said;
        synchronized (this) {
            said = farewell;
        }
        if (said != null) {
            close(said.code, said.reason);
        }
    }

    /** Closes the connection, for good; what was not written is lost to it, and not to the room. */
    public void close(CloseCode code, String reason) {
        if (end()) {
            connection.close(code, reason);
        }
    }

    /** The connection says that it is closed. */
    public void closed() {
        end();
    }

    private boolean end() {
        List<RoomName> rooms;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            answers.clear();
            behind.clear();
            rooms = List.copyOf(subscriptions.keySet());
            subscriptions.values().forEach(s -> s.room().detach(s, s.person(), true));
            subscriptions.clear();
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
            if (finding == Vitals.Finding.PING_DUE) {
                pingDue = true;
            } else if (finding == Vitals.Finding.SILENT) {
                pingDue = true;
                answer(new ServerMessage.Ping());
            }
        }
        switch (finding) {
            case STUCK -> close(CloseCode.SLOW, "a write made no progress for " + vitals.writeTimeout());
            case DEAD -> close(CloseCode.GOING_AWAY, "nothing heard for " + vitals.deadAfter());
            case PING_DUE, SILENT -> start();
            case WELL -> {}
        }
    }

    private record Farewell(CloseCode code, String reason) {}
}
