package dev.parley.delivery;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.WireFormat;
import dev.parley.room.Rooms;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All pumps of this process: makes them, checks on them by one coarse timer, and empties them. Thread-safe. */
public final class Delivery {

    private static final long BYE_RETRY_MILLIS = 200;
    private static final long BYE_SPREAD_MILLIS = 5_000;

    private final Rooms rooms;
    private final Timer timer;
    private final Executor executor;
    private final DeliverySettings settings;
    private final Set<Pump> pumps = ConcurrentHashMap.newKeySet();

    /**
     * Delivery without a connection yet. Its checks begin at once.
     *
     * @param executor runs writes that nobody else is there to do
     */
    public Delivery(Rooms rooms, Timer timer, Executor executor, DeliverySettings settings) {
        this.rooms = rooms;
        this.timer = timer;
        this.executor = executor;
        this.settings = settings;
        timer.schedule(DeliverySettings.CHECK, this::check);
    }

    /** A pump for a connection that is open. */
    public Pump pump(Connection connection, WireFormat format) {
        Pump pump = new Pump(connection, format, this, new Vitals(timer, settings));
        pumps.add(pump);
        return pump;
    }

    /** The rooms that pumps can join. */
    public Rooms rooms() {
        return rooms;
    }

    /** The longest that the server is silent on a connection. */
    public Duration heartbeat() {
        return settings.heartbeat();
    }

    /** Says {@code bye} to everybody and closes with 1001. Returns at once; see {@link #isEmpty}. */
    public void finish() {
        ServerMessage.Bye bye = new ServerMessage.Bye(CloseCode.GOING_AWAY, BYE_RETRY_MILLIS, BYE_SPREAD_MILLIS);
        List.copyOf(pumps).forEach(pump -> pump.finish(bye, "the server stops"));
    }

    /** Closes those who have not said goodbye yet. */
    public void closeAll() {
        List.copyOf(pumps).forEach(pump -> pump.close(CloseCode.GOING_AWAY, "the server stops"));
    }

    /** Whether no connection is left. */
    public boolean isEmpty() {
        return pumps.isEmpty();
    }

    void execute(Runnable task) {
        executor.execute(task);
    }

    void release(RoomName room) {
        rooms.release(room);
    }

    void ended(Pump pump) {
        pumps.remove(pump);
    }

    private void check() {
        timer.schedule(DeliverySettings.CHECK, this::check);
        pumps.forEach(Pump::check);
    }
}
