package dev.parley.delivery;

import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.room.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rooms of one connection, and which of them it may have something to read from. Confined to the pump's lock. */
final class Subscriptions {

    private final Map<RoomName, Subscription> byRoom = new LinkedHashMap<>(2);

    /** Those that may have something to read, longest waiting first. */
    private final Set<Subscription> behind = new LinkedHashSet<>(1);

    Optional<Subscription> find(RoomName room) {
        return Optional.ofNullable(byRoom.get(room));
    }

    boolean has(Subscription subscription) {
        return byRoom.get(subscription.room().name()) == subscription;
    }

    int size() {
        return byRoom.size();
    }

    void add(Subscription subscription) {
        byRoom.put(subscription.room().name(), subscription);
    }

    /** Ends the subscription to {@code room}, as the client asked; whether there was one. */
    boolean leave(RoomName room) {
        Optional<Subscription> known = find(room);
        known.ifPresent(subscription -> {
            byRoom.remove(room);
            behind.remove(subscription);
            subscription.detach(false);
        });
        return known.isPresent();
    }

    /** Ends them all, since the connection did; the rooms that there were. */
    List<RoomName> end() {
        List<RoomName> rooms = List.copyOf(byRoom.keySet());
        byRoom.values().forEach(subscription -> subscription.detach(true));
        byRoom.clear();
        behind.clear();
        return rooms;
    }

    /** The person's new name, everywhere. */
    void rename(Person person) {
        byRoom.values().forEach(subscription -> subscription.rename(person));
    }

    /** Has {@code subscription} looked at when something is written next, unless it is over. */
    void markBehind(Subscription subscription) {
        if (has(subscription)) {
            behind.add(subscription);
        }
    }

    boolean anyBehind() {
        return !behind.isEmpty();
    }

    /** What the one that has waited longest kept, if that comes next. */
    List<Batch> takeKept() {
        if (behind.isEmpty()) {
            return List.of();
        }
        Subscription subscription = behind.iterator().next();
        List<Batch> kept = subscription.takeKept();
        if (!kept.isEmpty()) {
            behind.remove(subscription);
            if (subscription.hasMore()) {
                behind.add(subscription);
            }
        }
        return kept;
    }

    /** Adds what comes next in each room to {@code ready}, about {@code maxChars}; who must read the log to have more. */
    List<LogRead> gather(List<ServerMessage> ready, int maxChars) {
        List<LogRead> reads = new ArrayList<>();
        int chars = 0;
        while (!behind.isEmpty() && chars < maxChars) {
            Subscription subscription = behind.iterator().next();
            if (subscription.hasKept() && !ready.isEmpty()) {
                return reads;
            }
            behind.remove(subscription);
            List<ServerMessage> next = subscription.next();
            ready.addAll(next);
            chars += next.stream().mapToInt(ServerMessage::weight).sum();
            subscription.read().ifPresent(reads::add);
            if (subscription.hasMore()) {
                behind.add(subscription);
            }
        }
        return reads;
    }
}
