package dev.parley.room;

import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.time.Timer.Scheduled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room. A person with two connections is there once. Changes gather until {@link #publish} makes a version of
 * them; the newest versions are kept as deltas. Confined to the room's lock.
 */
final class Roster {

    /** The most people that a message lists. */
    static final int LISTED = 200;

    private static final int DELTAS = 64;

    private final RoomName room;
    private final Map<String, Present> present = new LinkedHashMap<>();
    private final Map<String, Person> joined = new LinkedHashMap<>();
    private final Map<String, Person> left = new LinkedHashMap<>();
    private final Deque<ServerMessage.Presence> deltas = new ArrayDeque<>();
    private long version;

    Roster(RoomName room) {
        this.room = room;
    }

    /** One connection more of {@code person}'s, whose name counts from now on. */
    void enter(Person person) {
        Present known = present.get(person.id());
        if (known == null) {
            left.remove(person.id());
            present.put(person.id(), new Present(person));
            joined.put(person.id(), person);
            return;
        }
        known.connections++;
        known.stay();
        rename(person);
    }

    /** A new name for somebody who is there. */
    void rename(Person person) {
        Present known = present.get(person.id());
        if (known != null && !known.person.equals(person)) {
            known.person = person;
            joined.put(person.id(), person);
        }
    }

    /** One connection less; whether it was the person's last here. */
    boolean exit(String id) {
        Present known = present.get(id);
        return known != null && --known.connections == 0;
    }

    /** Who has no connection may be back until {@code leaving} runs. */
    void linger(String id, Scheduled leaving) {
        Present known = present.get(id);
        if (known != null) {
            known.stay();
            known.leaving = leaving;
        }
    }

    /** Gone, unless back meanwhile. */
    void gone(String id) {
        Present known = present.get(id);
        if (known == null || known.connections > 0) {
            return;
        }
        known.stay();
        present.remove(id);
        // Even if no version has told of them: whoever joined meanwhile got them in the roster.
        joined.remove(id);
        left.put(id, known.person);
    }

    boolean hasChanges() {
        return !joined.isEmpty() || !left.isEmpty();
    }

    boolean isEmpty() {
        return present.isEmpty();
    }

    /** Makes a version of what changed. */
    void publish() {
        if (!hasChanges()) {
            return;
        }
        version++;
        if (joined.size() + left.size() > LISTED) {
            // The roster says it in less.
            deltas.clear();
        } else {
            deltas.addLast(new ServerMessage.Presence(
                    room, version, new ArrayList<>(joined.values()), new ArrayList<>(left.values()), present.size()));
        }
        if (deltas.size() > DELTAS) {
            deltas.removeFirst();
        }
        joined.clear();
        left.clear();
    }

    long version() {
        return version;
    }

    int count() {
        return present.size();
    }

    /** The first {@value #LISTED} who are there. */
    List<Person> listed() {
        return present.values().stream().limit(LISTED).map(p -> p.person).toList();
    }

    /** What changed after {@code seen}: the deltas, or the roster itself when they are gone. */
    List<ServerMessage> since(long seen) {
        if (seen >= version) {
            return List.of();
        }
        Optional<Long> oldest = Optional.ofNullable(deltas.peekFirst()).map(ServerMessage.Presence::version);
        if (oldest.isEmpty() || oldest.get() > seen + 1) {
            return List.of(new ServerMessage.Roster(room, version, listed(), count()));
        }
        List<ServerMessage> missed = new ArrayList<>();
        deltas.stream().filter(delta -> delta.version() > seen).forEach(missed::add);
        return missed;
    }

    private static final class Present {

        private Person person;
        private int connections = 1;

        private @Nullable Scheduled leaving;

        Present(Person person) {
            this.person = person;
        }

        void stay() {
            if (leaving != null) {
                leaving.cancel();
                leaving = null;
            }
        }
    }
}
