package dev.parley.delivery;

import static dev.parley.log.Stages.await;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.GatedLog;
import dev.parley.log.sqlite.EmbeddedRoomLog;
import dev.parley.log.sqlite.Retention;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import dev.parley.room.Room;
import dev.parley.room.RoomSettings;
import dev.parley.room.Rooms;
import dev.parley.testing.HandCranked;
import dev.parley.time.ManualTimer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Rooms and delivery over a real log, a clock that is moved by hand, and turns that are. */
public final class Bench implements AutoCloseable {

    public static final RoomName LOBBY = new RoomName("lobby");
    public static final Person ADA = new Person("g-ada", new PersonName("Ada"));
    public static final Person HAN = new Person("g-han", new PersonName("Han"));

    static final int BACKLOG = 4;
    static final Duration HEARTBEAT = Duration.ofSeconds(25);
    static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

    public final ManualTimer timer = new ManualTimer();
    public final HandCranked executor = new HandCranked();
    public final GatedLog log;
    public final Rooms rooms;
    public final Delivery delivery;
    private final String epoch;
    private final AtomicInteger keys = new AtomicInteger();

    public Bench(Path folder) {
        this(folder, Retention.keepAll(), Set.of());
    }

    public Bench(Path folder, Retention retention, Set<String> gapRooms) {
        log = new GatedLog(EmbeddedRoomLog.open(folder.resolve("data"), retention, timer));
        epoch = await(log.extent(LOBBY)).epoch();
        RoomSettings settings = new RoomSettings(BACKLOG, Duration.ofSeconds(5), gapRooms, 10);
        rooms = new Rooms(log, settings, timer, executor);
        delivery = new Delivery(rooms, timer, executor, new DeliverySettings(HEARTBEAT, WRITE_TIMEOUT));
    }

    /** Appends so many entries; the room has heard of them when this returns. */
    public void post(int count) {
        for (int i = 0; i < count; i++) {
            post("text");
        }
    }

    public Appended post(String text) {
        return await(log.append(new Draft(LOBBY, "key " + keys.incrementAndGet(), ADA, text)));
    }

    Room open() {
        return await(rooms.open(LOBBY));
    }

    Cursor cursor(long seq) {
        return new Cursor(epoch, seq);
    }

    Pump pump(Connection connection) {
        return delivery.pump(connection, JsonFormat.INSTANCE);
    }

    Pump member(Connection connection, Person person) {
        Pump pump = pump(connection);
        join(pump, person, Optional.empty());
        return pump;
    }

    void join(Pump pump, Person person, Optional<Cursor> after) {
        pump.join(open(), person, after, Optional.empty());
        executor.run();
    }

    @Override
    public void close() {
        log.close();
    }
}
