package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.KeyReusedException;
import dev.parley.log.LogException;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of drafts, within the writer's transaction. Confined to the writer's thread.
 *
 * <p>What it knows of rooms is what was committed; a transaction's changes stand aside until {@link #committed}; after
 * one that fails, this is thrown away. A key is looked up among the rows themselves, so drafts of one batch find each
 * other.
 */
final class Appender {

    private static final int MAX_KNOWN_ROOMS = 10_000;

    private final PreparedStatement findRoom;
    private final PreparedStatement addRoom;
    private final PreparedStatement findKey;
    private final PreparedStatement addEntry;

    /**
     * Looks and adds in one step, which is all that most drafts need: a key that is there makes the time NULL, which the row
     * may not have. A SELECT in place of the values would go through a table made for it, at twice the cost.
     */
    private final PreparedStatement addNewKey;

    private final Map<RoomName, Head> changed = new HashMap<>();
    private final Map<RoomName, Head> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomName, Head> eldest) {
            return size() > MAX_KNOWN_ROOMS;
        }
    };

    /** A room's number and its newest entry. */
    private record Head(long room, long seq) {}

    Appender(Connection connection) throws SQLException {
        findRoom = connection.prepareStatement("SELECT id, head FROM headed_room WHERE name = ?");
        addRoom = connection.prepareStatement("INSERT INTO room (name) VALUES (?) RETURNING id");
        findKey = connection.prepareStatement(
                "SELECT place, author, name, text, digest, at FROM entry INDEXED BY entry_key"
                        + " WHERE key = ? AND key <> '' AND place > ? AND place <= ? ORDER BY place");
        addEntry = connection.prepareStatement(
                "INSERT INTO entry (place, at, author, name, text, key) VALUES (?, ?, ?, ?, ?, ?)");
        addNewKey = connection.prepareStatement("INSERT OR IGNORE INTO entry (place, at, author, name, text, key)"
                + " VALUES (?1, CASE WHEN EXISTS (SELECT 1 FROM entry INDEXED BY entry_key"
                + " WHERE key = ?6 AND key <> '' AND place >= ?1 & ~" + Place.MAX_SEQ
                + " AND place < ?1) THEN NULL ELSE ?2 END, ?3, ?4, ?5, ?6)");
    }

    /** Adds a row, unless the draft has one already. Throws {@link KeyReusedException} and leaves no trace. */
    Appended append(Draft draft, Instant at) throws SQLException {
        Head head = head(draft.room());
        Head next = new Head(head.room(), head.seq() + 1);
        Optional<String> key = draft.key();
        boolean full = next.seq() > Place.MAX_SEQ;
        boolean added = !full && add(key.isPresent() ? addNewKey : addEntry, draft, at, next);
        if (!added && key.isPresent()) {
            long first = find(key.get(), draft, head);
            if (first > 0) {
                return new Appended(first, true);
            }
        }
        if (full) {
            throw new LogException("Room " + draft.room() + " is full: " + head.seq() + " entries.");
        }
        if (!added) {
            add(addEntry, draft, at, next);
        }
        changed.put(draft.room(), next);
        return new Appended(next.seq(), false);
    }

    private Head head(RoomName name) throws SQLException {
        @Nullable Head head = changed.get(name);
        if (head == null) {
            head = known.get(name);
        }
        return head == null ? load(name) : head;
    }

    private Head load(RoomName name) throws SQLException {
        findRoom.setString(1, name.value());
        try (ResultSet row = findRoom.executeQuery()) {
            if (row.next()) {
                Head head = new Head(row.getLong(1), row.getLong(2));
                known.put(name, head);
                return head;
            }
        }
        addRoom.setString(1, name.value());
        try (ResultSet row = addRoom.executeQuery()) {
            return new Head(row.getLong(1), 0);
        }
    }

    /** Whether the entry's author may be this guest, before a connection and a cookie were lost. */
    private static boolean mayBeTheSameGuest(Person guest, ResultSet row) throws SQLException {
        Instant at = Instant.ofEpochMilli(row.getLong(6));
        return guest.guestSince().filter(made -> !made.isBefore(at)).isPresent()
                && guest.name().mayBe(new PersonName(row.getString(3)));
    }

    /** The {@code seq} of the entry that this draft is already, 0 for none. */
    private long find(String key, Draft draft, Head head) throws SQLException {
        findKey.setString(1, key);
        findKey.setLong(2, Place.of(head.room(), 0));
        findKey.setLong(3, Place.of(head.room(), Place.MAX_SEQ));
        long sameGuest = 0;
        try (ResultSet row = findKey.executeQuery()) {
            while (row.next()) {
                long seq = Place.seq(row.getLong(1));
                boolean sameText = hasText(row, draft.text());
                if (row.getString(2).equals(draft.author().id())) {
                    if (sameText) {
                        return seq;
                    }
                    throw new KeyReusedException(key, seq);
                }
                if (sameGuest == 0 && sameText && mayBeTheSameGuest(draft.author(), row)) {
                    sameGuest = seq;
                }
            }
        }
        return sameGuest;
    }

    private static boolean hasText(ResultSet row, String text) throws SQLException {
        @Nullable String kept = row.getString(4);
        return kept != null ? kept.equals(text) : Arrays.equals(row.getBytes(5), Digest.of(text));
    }

    /** Whether it was added: not if {@link #addNewKey} found the key. */
    private static boolean add(PreparedStatement insert, Draft draft, Instant at, Head head) throws SQLException {
        insert.setLong(1, Place.of(head.room(), head.seq()));
        insert.setLong(2, at.toEpochMilli());
        insert.setString(3, draft.author().id());
        insert.setString(4, draft.author().name().value());
        insert.setString(5, draft.text());
        insert.setString(6, draft.key().orElse(""));
        return insert.executeUpdate() > 0;
    }

    /** The transaction's changes are durable. */
    void committed() {
        known.putAll(changed);
        changed.clear();
    }
}
