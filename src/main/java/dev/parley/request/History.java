package dev.parley.request;

import dev.parley.log.Entry;
import dev.parley.log.Extent;
import dev.parley.log.Page;
import dev.parley.log.RoomLog;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Pages of a room's past. Thread-safe. */
public final class History {

    /** About the most characters of text in a page: with long messages it has fewer than asked for. */
    private static final int PAGE_CHARS = 512 * 1024;

    private final RoomLog log;

    /** Reads {@code log}. */
    public History(RoomLog log) {
        this.log = log;
    }

    /**
     * The page that {@code asked} asks for. Fails as the log does, and with a {@link ProtocolException} for a cursor of
     * another log.
     */
    public CompletionStage<Past> page(ClientMessage.History asked) {
        long before = asked.before().map(Cursor::seq).orElse(Long.MAX_VALUE);
        // One more than asked for tells whether there is more.
        CompletionStage<Page> page = asked.after().isPresent()
                ? log.after(asked.room(), asked.after().get().seq(), asked.limit() + 1)
                : log.before(asked.room(), before, asked.limit() + 1);
        return page.thenApply(read -> new Past(page(asked, read), read.extent()));
    }

    /** The identity of the room's log, the first part of each of its cursors. */
    public CompletionStage<String> epoch(RoomName room) {
        return log.extent(room).thenApply(Extent::epoch);
    }

    private static ServerMessage.HistoryPage page(ClientMessage.History asked, Page read) {
        String epoch = read.extent().epoch();
        Optional<Cursor> foreign =
                asked.after().or(asked::before).filter(cursor -> !cursor.epoch().equals(epoch));
        if (foreign.isPresent()) {
            throw new ProtocolException(Refusal.of(
                    Refusal.Code.BAD_CURSOR,
                    "cursor: '" + foreign.get() + "' is of another log, this one is '" + epoch + "'"));
        }
        List<Entry> entries = read.entries();
        boolean forward = asked.after().isPresent();
        int most = Math.min(asked.limit(), entries.size());
        int count = 0;
        for (int chars = 0; count < most && chars < PAGE_CHARS; count++) {
            Entry next = entries.get(forward ? count : entries.size() - 1 - count);
            chars += next.text().length();
        }
        boolean more = count < entries.size();
        List<Entry> wanted =
                forward ? entries.subList(0, count) : entries.subList(entries.size() - count, entries.size());
        List<PostedMessage> messages =
                wanted.stream().map(entry -> posted(entry, read.extent())).toList();
        return new ServerMessage.HistoryPage(asked.id(), asked.room(), messages, more);
    }

    static PostedMessage posted(Entry entry, Extent extent) {
        Cursor cursor = new Cursor(extent.epoch(), entry.seq());
        return new PostedMessage(entry.room(), cursor, entry.key(), entry.author(), entry.at(), entry.text());
    }

    /** A page, and what the log held when it was read. */
    public record Past(ServerMessage.HistoryPage page, Extent extent) {}
}
