package dev.parley.request;

import dev.parley.protocol.Cursor;
import dev.parley.protocol.ListingFormat;
import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import dev.parley.room.Room;
import dev.parley.room.Rooms;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who polls. A lease lasts while a poll of its person's is under way, and as long after as the last one asked for;
 * so who polls on and on comes into a room once. Thread-safe; the room's lock is taken inside those of the map.
 */
public final class Leases {

    private final Rooms rooms;
    private final Timer timer;
    private final Map<Key, Lease> leases = new ConcurrentHashMap<>();

    /** Nobody yet. */
    public Leases(Rooms rooms, Timer timer) {
        this.rooms = rooms;
        this.timer = timer;
    }

    private record Key(RoomName room, String person) {}

    /**
     * Asks what is new in a room; the poll goes on by itself, see {@link Poll}.
     *
     * @param stay how long after its end the person is still present
     * @param after empty: what comes from now on
     * @param wait how long it may take
     */
    public Poll poll(
            RoomName room,
            Person person,
            Duration stay,
            Optional<Cursor> after,
            Duration wait,
            ListingFormat format,
            Poll.Answer answer) {
        Lease lease = hold(room, person);
        Poll poll = new Poll(this, lease, stay, timer, after, wait, format, answer);
        lease.opened.whenComplete((opened, failure) -> poll.begin(opened, failure));
        return poll;
    }

    private Lease hold(RoomName room, Person person) {
        boolean[] created = new boolean[1];
        long now = timer.nanoTime();
        Lease lease = leases.compute(new Key(room, person.id()), (key, known) -> {
            created[0] = known == null;
            Lease held = known == null ? new Lease(room, person, now) : known;
            held.holds++;
            if (!held.person.equals(person)) {
                held.person = person;
                held.opened.thenAccept(opened -> opened.rename(person));
            }
            return held;
        });
        if (created[0]) {
            rooms.open(room).whenComplete((opened, failure) -> opened(lease, opened, failure));
        }
        return lease;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private void opened(Lease lease, @Nullable Room room, @Nullable Throwable failure) {
        if (room == null) {
            leases.remove(new Key(lease.room, lease.person.id()), lease);
            lease.opened.completeExceptionally(failure == null ? new IllegalStateException("no room") : failure);
        } else {
            room.attach(lease, lease.person);
            lease.opened.complete(room);
        }
    }

    /** A poll has ended, whose person stays for so long. */
    void release(Lease lease, Duration stay) {
        leases.computeIfPresent(new Key(lease.room, lease.person.id()), (key, known) -> {
            if (known != lease) {
                return known;
            }
            lease.holds--;
            lease.until = later(lease.until, timer.nanoTime() + stay.toNanos());
            return keep(lease) ? lease : end(lease);
        });
    }

    private boolean keep(Lease lease) {
        long left = lease.until - timer.nanoTime();
        if (lease.holds == 0 && left > 0 && !lease.scheduled) {
            lease.scheduled = true;
            timer.schedule(Duration.ofNanos(left), () -> expire(lease));
        }
        return lease.holds > 0 || left > 0;
    }

    private void expire(Lease lease) {
        leases.computeIfPresent(new Key(lease.room, lease.person.id()), (key, known) -> {
            lease.scheduled = false;
            return known != lease || keep(lease) ? known : end(lease);
        });
    }

    private @Nullable Lease end(Lease lease) {
        lease.opened.thenAccept(room -> {
            room.detach(lease, lease.person, false);
            rooms.release(lease.room);
        });
        return null;
    }

    /** Answers every poll that waits, with nothing. */
    public void finish() {
        leases.values().forEach(lease -> lease.waiting().forEach(Poll::timeOut));
    }

    /** How many people are present by polling, for each of their rooms. */
    public int count() {
        return leases.size();
    }
}
