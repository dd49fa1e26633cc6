package dev.parley.request;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import dev.parley.room.Batch;
import dev.parley.room.Listener;
import dev.parley.room.Room;
import dev.parley.room.Shared;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The presence of somebody who polls: in the room until a time, with no connection of their own, and the ear of their polls
 * while they wait. {@link Leases} makes, renews and ends it. Thread-safe.
 */
final class Lease implements Listener {

    final RoomName room;
    final CompletableFuture<Room> opened = new CompletableFuture<>();

    // Confined to the locks of the map of leases.
    Person person;
    int holds;
    long until;
    boolean scheduled;

    @GuardedBy("waiting")
    private final Set<Poll> waiting = new LinkedHashSet<>();

    Lease(RoomName room, Person person, long now) {
        this.room = room;
        this.person = person;
        this.until = now;
    }

    void add(Poll poll) {
        synchronized (waiting) {
            waiting.add(poll);
        }
    }

    void remove(Poll poll) {
        synchronized (waiting) {
            waiting.remove(poll);
        }
    }

    List<Poll> waiting() {
        synchronized (waiting) {
            return List.copyOf(waiting);
        }
    }

    @Override
    public void offer(Batch batch) {
        waiting().forEach(poll -> poll.offer(batch));
    }

    @Override
    public void mention(Person author, Shared shared) {
        // A poll is for what lasts.
    }

    @Override
    public boolean countsConnections() {
        return false;
    }
}
