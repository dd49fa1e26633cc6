package dev.parley.log.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Retention. A pass goes through all rooms in small steps, each a transaction of its own, so that appends wait for one
 * step at most. Confined to the writer's thread.
 *
 * <p>An entry goes in two stages. When retention takes it, its text goes and the room's {@code trimmed} passes it: no
 * reader sees it. When it is {@link #KEYS_KEPT} old too, its row goes, and with it its key. Both go oldest first and
 * stop at the first that stays, so one that the wall clock made older than those before it waits for them.
 */
final class Sweeper {

    /** How long a key is known at least, whatever retention says. */
    static final Duration KEYS_KEPT = Duration.ofHours(24);

    /** A pass begins after so many new entries at the latest. */
    static final int ENTRIES_BETWEEN_PASSES = 10_000;

    private static final int ROOMS_IN_A_STEP = 200;
    private static final int ROWS_IN_A_STEP = 1_000;

    private final Retention retention;
    private final PreparedStatement findRooms;
    private final PreparedStatement findTexts;
    private final PreparedStatement dropText;
    private final PreparedStatement findTimes;
    private final PreparedStatement dropRows;
    private final PreparedStatement saveRoom;

    private boolean underWay;
    private long sweptRoom;
    private int newEntries;
    private int rowsLeft;

    private record Room(long id, long head, long trimmed, long forgotten) {}

    private record Row(long place, long at, @Nullable String text) {}

    Sweeper(Connection connection, Retention retention) throws SQLException {
        this.retention = retention;
        findRooms = connection.prepareStatement("SELECT id, head, trimmed, forgotten FROM headed_room WHERE id > ?"
                + " AND (forgotten < trimmed OR head - trimmed > ? OR (? AND trimmed < head)) ORDER BY id LIMIT ?");
        findTexts = connection.prepareStatement(
                "SELECT place, at, text FROM entry WHERE place > ? AND place <= ? ORDER BY place LIMIT ?");
        dropText = connection.prepareStatement("UPDATE entry SET text = NULL, digest = ? WHERE place = ?");
        findTimes = connection.prepareStatement(
                "SELECT place, at, NULL FROM entry WHERE place > ? AND place <= ? ORDER BY place LIMIT ?");
        dropRows = connection.prepareStatement("DELETE FROM entry WHERE place > ? AND place <= ?");
        saveRoom = connection.prepareStatement("UPDATE room SET trimmed = ?, forgotten = ? WHERE id = ?");
    }

    /** Begins a pass, if none is under way and retention takes anything at all. */
    void begin() {
        if (!underWay && !retention.keepsAll()) {
            underWay = true;
            sweptRoom = 0;
            newEntries = 0;
        }
    }

    /** Counts what was appended, and begins a pass when it is time. */
    void appended(int entries) {
        newEntries += entries;
        if (newEntries >= ENTRIES_BETWEEN_PASSES) {
            begin();
        }
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Does one step, within a transaction; whether the pass goes on. */
    boolean step(Instant now) throws SQLException {
        rowsLeft = ROWS_IN_A_STEP;
        List<Room> rooms = findRooms();
        for (Room room : rooms) {
            sweep(room, now);
            if (rowsLeft == 0) {
                return true;
            }
            sweptRoom = room.id();
        }
        underWay = rooms.size() == ROOMS_IN_A_STEP;
        return underWay;
    }

    private List<Room> findRooms() throws SQLException {
        findRooms.setLong(1, sweptRoom);
        findRooms.setLong(2, retention.maxEntries().orElse(Long.MAX_VALUE));
        findRooms.setBoolean(3, retention.maxAge().isPresent());
        findRooms.setInt(4, ROOMS_IN_A_STEP);
        List<Room> rooms = new ArrayList<>();
        try (ResultSet row = findRooms.executeQuery()) {
            while (row.next()) {
                rooms.add(new Room(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
            }
        }
        return rooms;
    }

    private void sweep(Room room, Instant now) throws SQLException {
        long keyless = now.minus(KEYS_KEPT).toEpochMilli();
        long trimmed = trim(room, now, keyless);
        long forgotten = forget(room, trimmed, keyless);
        if (trimmed > room.trimmed() || forgotten > room.forgotten()) {
            saveRoom.setLong(1, trimmed);
            saveRoom.setLong(2, forgotten);
            saveRoom.setLong(3, room.id());
            saveRoom.executeUpdate();
        }
    }

    private long trim(Room room, Instant now, long keyless) throws SQLException {
        long tooMany = retention.maxEntries().isPresent()
                ? room.head() - retention.maxEntries().getAsLong()
                : 0;
        long tooOld =
                retention.maxAge().map(age -> now.minus(age).toEpochMilli()).orElse(Long.MIN_VALUE);
        long last = retention.maxAge().isPresent() ? room.head() : tooMany;
        long trimmed = room.trimmed();
        for (Row row : rows(findTexts, room, trimmed, last)) {
            long seq = Place.seq(row.place());
            if (seq > tooMany && row.at() > tooOld) {
                break;
            }
            if (row.text() != null && row.at() >= keyless) {
                dropText.setBytes(1, Digest.of(row.text()));
                dropText.setLong(2, row.place());
                dropText.executeUpdate();
            }
            trimmed = seq;
            rowsLeft--;
        }
        return trimmed;
    }

    private long forget(Room room, long trimmed, long keyless) throws SQLException {
        long forgotten = room.forgotten();
        for (Row row : rows(findTimes, room, forgotten, trimmed)) {
            if (row.at() >= keyless) {
                break;
            }
            forgotten = Place.seq(row.place());
            rowsLeft--;
        }
        if (forgotten > room.forgotten()) {
            dropRows.setLong(1, Place.of(room.id(), room.forgotten()));
            dropRows.setLong(2, Place.of(room.id(), forgotten));
            dropRows.executeUpdate();
        }
        return forgotten;
    }

    /** Rows after the {@code seq} {@code after} up to {@code last}, as many as are left in this step. */
    private List<Row> rows(PreparedStatement find, Room room, long after, long last) throws SQLException {
        if (after >= last || rowsLeft == 0) {
            return List.of();
        }
        find.setLong(1, Place.of(room.id(), after));
        find.setLong(2, Place.of(room.id(), last));
        find.setInt(3, rowsLeft);
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row.getLong(1), row.getLong(2), row.getString(3)));
            }
        }
        return rows;
    }
}
