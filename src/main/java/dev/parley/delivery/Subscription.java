package dev.parley.delivery;

import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.RequestId;
import dev.parley.protocol.ServerMessage;
import dev.parley.room.Batch;
import dev.parley.room.Changes;
import dev.parley.room.Listener;
import dev.parley.room.Read;
import dev.parley.room.Room;
import dev.parley.room.Shared;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A connection's place in a room: everything up to the cursor has been given to it. Confined to the pump's lock. */
final class Subscription implements Listener {

    /** The most characters that are kept; a room's busy listeners have the same ones. */
    private static final int MAX_KEPT_CHARS = 1024 * 1024;

    /** Smaller batches than this in the mean are better made into one frame than written one by one. */
    private static final int LARGE_CHARS = 4 * 1024;

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

    /** How many connections the room has, if that must be told. */
    private OptionalInt connections = OptionalInt.empty();

    /** The newest mention that came while the connection was busy. */
    private List<ServerMessage> mention = List.of();

    /** Batches that came while the connection was busy, just what comes next, in order. */
    private List<Batch> kept = List.of();

    /** How many characters they have. When that was too much, none is kept until the listener has read on. */
    private int keptChars;

    /** Read, not yet given. */
    private final Deque<ServerMessage> fetched = new ArrayDeque<>(1);

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
        room.rename(renamed);
    }

    void detach(boolean linger) {
        room.detach(this, person, linger);
    }

    Cursor cursor() {
        return new Cursor(room.head().epoch(), seq);
    }

    /** Reads on from {@code wanted}, if that is a place in this log; the answer to the join. */
    List<ServerMessage> place(Cursor wanted, Optional<RequestId> id) {
        Cursor head = room.head();
        boolean ofThisLog = wanted.epoch().equals(head.epoch()) && wanted.seq() <= head.seq();
        Cursor start = ofThisLog ? wanted : new Cursor(head.epoch(), 0);
        ServerMessage.Joined joined = room.joined(id, wanted);
        version = Math.max(version, joined.version());
        moveTo(start.seq());
        return ofThisLog
                ? List.of(joined)
                : List.of(joined, new ServerMessage.Gap(room.name(), wanted, start, ServerMessage.Gap.Reason.EPOCH));
    }

    private void moveTo(long place) {
        seq = place;
        live = false;
        reading = false;
        moves++;
        dropKept();
        fetched.clear();
    }

    /** Takes the count of connections that is in {@code batch}; a newer one replaces one that was not given yet. */
    void count(Batch batch) {
        if (countsConnections && batch.connections().isPresent()) {
            connections = batch.connections();
        }
    }

    /** Keeps the mention in {@code shared} until something is written, or a newer one comes. */
    void keep(Shared shared) {
        mention = shared.messages();
    }

    /** Whether {@code batch} is just what comes next; if so, it counts as given. */
    boolean takes(Batch batch) {
        boolean busy = reading || !fetched.isEmpty() || connections.isPresent();
        if (busy || seq != batch.from() || version != batch.fromVersion()) {
            return false;
        }
        seq = batch.to();
        version = batch.toVersion();
        live = true;
        return true;
    }

    /** Keeps {@code batch} for {@link #takeKept}. If that would be too much, all is left to the room's memory and the log. */
    void keep(Batch batch) {
        if (keptChars > MAX_KEPT_CHARS) {
            return;
        }
        keptChars += batch.shared().weight();
        if (keptChars > MAX_KEPT_CHARS) {
            kept = List.of();
        } else {
            kept = kept.isEmpty() ? new ArrayList<>(1) : kept;
            kept.add(batch);
        }
    }

    private void dropKept() {
        kept = List.of();
        keptChars = 0;
    }

    boolean hasKept() {
        return !kept.isEmpty();
    }

    /** What was kept, as far as it is just what comes next; it counts as given. Nothing is kept any more. */
    List<Batch> takeKept() {
        List<Batch> before = kept;
        boolean large = keptChars >= before.size() * LARGE_CHARS;
        dropKept();
        boolean fits = (large || before.size() == 1)
                && mention.isEmpty()
                && room.skipFrom(seq).isEmpty();
        return fits ? before.stream().takeWhile(this::takes).toList() : List.of();
    }

    boolean lacks(Batch batch) {
        return connections.isPresent() || seq < batch.to() || version < batch.toVersion();
    }

    /** What comes next, about a frame of it; nothing when it has all, or waits for the log: see {@link #read}. */
    List<ServerMessage> next() {
        List<ServerMessage> next = new ArrayList<>();
        dropKept();
        connections.ifPresent(count -> next.add(new ServerMessage.Connected(room.name(), count)));
        connections = OptionalInt.empty();
        next.addAll(mention);
        mention = List.of();
        Changes changes = room.presenceSince(version);
        next.addAll(changes.messages());
        version = Math.max(version, changes.version());
        if (reading) {
            return next;
        }
        if (fetched.isEmpty()) {
            room.toldAfter(seq).ifPresent(messages -> {
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

    /** The read that is needed when what comes next is neither here nor in the room's memory. */
    Optional<LogRead> read() {
        if (reading || !fetched.isEmpty() || room.remembersAfter(seq)) {
            return Optional.empty();
        }
        Optional<Cursor> skip = live ? room.skipFrom(seq) : Optional.empty();
        if (skip.isPresent()) {
            fetched.add(gap(skip.get(), ServerMessage.Gap.Reason.SLOW));
            return Optional.empty();
        }
        reading = true;
        return Optional.of(new LogRead(this, seq, moves));
    }

    /** Takes what was read, unless the place has changed since. */
    void fetched(Read read, LogRead asked) {
        if (moves != asked.moves()) {
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
        return !reading && (!fetched.isEmpty() || room.told() > seq || room.presenceVersion() > version);
    }

    private ServerMessage.Gap gap(Cursor to, ServerMessage.Gap.Reason reason) {
        return new ServerMessage.Gap(room.name(), new Cursor(to.epoch(), seq), to, reason);
    }
}
