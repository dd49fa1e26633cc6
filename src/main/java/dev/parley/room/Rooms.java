package dev.parley.room;

import dev.parley.log.Entry;
import dev.parley.log.RoomLog;
import dev.parley.protocol.RoomName;
import dev.parley.time.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The rooms in which somebody is, or was a moment ago; the others are in the log alone. Thread-safe. */
public final class Rooms {

    private final Map<RoomName, Room> rooms = new ConcurrentHashMap<>();
    private final RoomLog log;
    private final RoomSettings settings;
    private final Timer timer;
    private final Executor turns;

    /**
     * Rooms over {@code log}, which they listen to from now on.
     *
     * @param turns runs the fan-outs
     */
    public Rooms(RoomLog log, RoomSettings settings, Timer timer, Executor turns) {
        this.log = log;
        this.settings = settings;
        this.timer = timer;
        this.turns = turns;
        log.listen(this::appended);
    }

    /** The room, loaded, and kept until it is {@linkplain #release released} as often as it was opened. */
    public CompletionStage<Room> open(RoomName name) {
        Room[] created = new Room[1];
        Room room = rooms.compute(name, (n, known) -> {
            Room one = known;
            if (one == null) {
                one = new Room(n, log, settings, timer, turns, () -> removeIfIdle(n));
                created[0] = one;
            }
            one.holds++;
            return one;
        });
        if (room == created[0]) {
            room.load();
        }
        return room.loaded().whenComplete((loaded, failure) -> {
            if (failure != null) {
                release(name);
            }
        });
    }

    /** Takes back one {@link #open}. */
    public void release(RoomName name) {
        rooms.computeIfPresent(name, (n, room) -> {
            room.holds--;
            return keep(room) ? room : null;
        });
    }

    private void removeIfIdle(RoomName name) {
        rooms.computeIfPresent(name, (n, room) -> keep(room) ? room : null);
    }

    private static boolean keep(Room room) {
        return room.holds > 0 || !room.isIdle();
    }

    private void appended(List<Entry> entries) {
        Map<RoomName, List<Entry>> byRoom = new LinkedHashMap<>();
        entries.forEach(entry ->
                byRoom.computeIfAbsent(entry.room(), name -> new ArrayList<>()).add(entry));
        byRoom.forEach((name, news) -> {
            Room room = rooms.get(name);
            if (room != null) {
                room.appended(news);
            }
        });
    }
}
