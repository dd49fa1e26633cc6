package dev.parley.log.sqlite;

import dev.parley.log.Draft;
import dev.parley.log.Entry;
import dev.parley.log.Extent;
import dev.parley.log.Page;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A connection that reads. Each read is one transaction, so a page and its extent fit. Confined to one thread at a
 * time.
 */
final class Reader {

    private static final String ENTRIES = "SELECT place, at, key, author, name, text FROM entry";

    private final String epoch;
    private final Transactions transactions;
    private final PreparedStatement findRoom;
    private final PreparedStatement after;
    private final PreparedStatement before;

    /** What a room has; room 0 is one that nobody has written to. */
    private record Room(RoomName name, long id, Extent extent) {}

    Reader(Connection connection, String epoch) throws SQLException {
        this.epoch = epoch;
        transactions = new Transactions(connection, "BEGIN");
        findRoom = connection.prepareStatement("SELECT id, trimmed, head FROM headed_room WHERE name = ?");
        after = connection.prepareStatement(ENTRIES + " WHERE place > ? AND place <= ? ORDER BY place LIMIT ?");
        before = connection.prepareStatement(ENTRIES + " WHERE place > ? AND place < ? ORDER BY place DESC LIMIT ?");
    }

    Extent extent(RoomName name) throws SQLException {
        return transactions.run(() -> find(name).extent());
    }

    Page after(RoomName name, long seq, int limit) throws SQLException {
        return transactions.run(() -> {
            Room room = find(name);
            long from = Math.max(seq, room.extent().trimmed());
            long head = room.extent().head();
            return from < head
                    ? new Page(entries(after, room, from, head, limit), room.extent())
                    : new Page(List.of(), room.extent());
        });
    }

    Page before(RoomName name, long seq, int limit) throws SQLException {
        return transactions.run(() -> {
            Room room = find(name);
            long trimmed = room.extent().trimmed();
            long to = Math.min(seq, room.extent().head() + 1);
            if (to <= trimmed) {
                return new Page(List.of(), room.extent());
            }
            List<Entry> entries = entries(before, room, trimmed, to, limit);
            Collections.reverse(entries);
            return new Page(entries, room.extent());
        });
    }

    private Room find(RoomName name) throws SQLException {
        findRoom.setString(1, name.value());
        try (ResultSet row = findRoom.executeQuery()) {
            return row.next()
                    ? new Room(name, row.getLong(1), new Extent(epoch, row.getLong(2), row.getLong(3)))
                    : new Room(name, 0, new Extent(epoch, 0, 0));
        }
    }

    private static List<Entry> entries(PreparedStatement find, Room room, long from, long to, int limit)
            throws SQLException {
        find.setLong(1, Place.of(room.id(), from));
        find.setLong(2, Place.of(room.id(), to));
        find.setInt(3, limit);
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = find.executeQuery()) {
            while (row.next()) {
                long seq = Place.seq(row.getLong(1));
                String key = row.getString(3);
                entries.add(new Entry(
                        room.name(),
                        seq,
                        Instant.ofEpochMilli(row.getLong(2)),
                        key.isEmpty() ? Draft.keyOfPlace(seq) : key,
                        new Person(row.getString(4), new PersonName(row.getString(5))),
                        row.getString(6)));
            }
        }
        return entries;
    }
}
