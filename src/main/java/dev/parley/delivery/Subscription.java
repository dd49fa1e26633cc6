package dev.parley.delivery;

import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.ServerMessage;
import dev.parley.room.Batch;
import dev.parley.room.Listener;
import dev.parley.room.Room;
import dev.parley.room.Shared;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A connection's place in a room: everything up to the cursor has been given to it. Confined to the pump's lock. */
final class Subscription implements Listener {

    private final Pump pump;
    private final Room room;
    private final boolean countsConnections;
    private Person person;
    private long seq;
    private long version;

    /** Whether the reader has been at the head since it came: before that it catches up, and is not slow. */
    private boolean live;

    private boolean reading;

    /** Counts the moves to another place, so that a read for the old one is recognised. */
    private int moves;

    /** Read from the log, not yet given. */
    private final Deque<ServerMessage> fetched = new ArrayDeque<>();

    Subscription(Pump pump, Room room, Person person, boolean countsConnections) {
        this.pump = pump;
        this.room = room;
        this.person = person;
        this.countsConnections = countsConnections;
    }

    // Called by the room, on its turns, without the pump's lock.

    @Override
    public void offer(Batch batch) {
        pump.offer(this, batch);
    }

    @Override
    public void mention(Person author, Shared shared) {
        pump.mention(this, author, shared);
    }

    @Override
    public boolean countsConnections() {
        return countsConnections;
    }

    Room room() {
        return room;
    }

    Person person() {
        return person;
    }

    void rename(Person renamed) {
        person = renamed;
    }

    long seq() {
        return seq;
    }

    /** Reads on from {@code cursor}, which is of this room's epoch. */
    void moveTo(Cursor cursor) {
        seq = cursor.seq();
        live = false;
        reading = false;
        moves++;
        fetched.clear();
    }

    void presenceSeen(long seen) {
        version = Math.max(version, seen);
    }

    /** Whether {@code batch} is just what comes next; if so, it counts as given. */
    boolean takes(Batch batch) {
        if (seq != batch.from() || version != batch.fromVersion() || reading || !fetched.isEmpty()) {
            return false;
        }
        seq = batch.to();
        version = batch.toVersion();
        live = true;
        return true;
    }

    boolean lacks(Batch batch) {
        return seq < batch.to() || version < batch.toVersion();
    }

    /** What comes next, about a frame of it; nothing when it has all, or waits for the log: see {@link #mustRead}. */
    List<ServerMessage> next() {
        List<ServerMessage> next = new ArrayList<>(room.presenceSince(version));
        presenceSeen(room.presenceVersion());
        if (reading) {
            return next;
        }
        if (fetched.isEmpty()) {
            room.newestAfter(seq).ifPresent(messages -> {
                fetched.addAll(messages);
                live |= messages.isEmpty();
            });
        }
        int chars = 0;
        while (!fetched.isEmpty() && chars < Room.FRAME_CHARS) {
            ServerMessage message = fetched.remove();
            chars += message.weight();
            next.add(message);
            if (message instanceof PostedMessage posted) {
                seq = posted.seq();
            } else if (message instanceof ServerMessage.Gap gap) {
                seq = gap.to().seq();
            }
        }
        return next;
    }

    /** Whether what comes next is neither here nor in the room's memory, so that the log must be read. */
    boolean mustRead() {
        if (reading || !fetched.isEmpty() || room.newestAfter(seq).isPresent()) {
            return false;
        }
        Optional<Cursor> skip = live ? room.skipFrom(seq) : Optional.empty();
        if (skip.isPresent()) {
            fetched.add(gap(skip.get(), ServerMessage.Gap.Reason.SLOW));
            return false;
        }
        reading = true;
        return true;
    }

    int moves() {
        return moves;
    }

    /** Takes what was read, unless the place has changed since. */
    void fetched(Room.Read read, int movesThen) {
        if (moves != movesThen) {
            return;
        }
        reading = false;
        if (read.trimmed() > seq) {
            Cursor to = new Cursor(room.head().epoch(), read.trimmed());
            fetched.add(gap(to, ServerMessage.Gap.Reason.TRIMMED));
        }
        read.messages().stream().filter(m -> m.seq() > seq).forEach(fetched::add);
    }

    boolean hasMore() {
        return !reading && (!fetched.isEmpty() || room.head().seq() > seq || room.presenceVersion() > version);
    }

    private ServerMessage.Gap gap(Cursor to, ServerMessage.Gap.Reason reason) {
        return new ServerMessage.Gap(room.name(), new Cursor(to.epoch(), seq), to, reason);
    }
}
