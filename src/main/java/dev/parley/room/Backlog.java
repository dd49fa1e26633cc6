package dev.parley.room;

import dev.parley.log.Entry;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.RoomName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest entries of a room's log, consecutive up to its head, and how far turns have told them. For speed only: older
 * ones are in the log. Confined to the room's lock.
 */
final class Backlog {

    /** Entries that no turn has told yet stay in memory up to this many; beyond it even they are left to the log. */
    private static final int UNTURNED_ENTRIES = 20_000;

    private final RoomName room;
    private final int keep;
    private final String epoch;

    /** The tail of the log, cut back to {@code keep} entries when it has grown to twice as many. */
    private final List<PostedMessage> newest = new ArrayList<>();

    private long head;
    private long turned;

    Backlog(RoomName room, int keep, String epoch, long head) {
        this.room = room;
        this.keep = keep;
        this.epoch = epoch;
        this.head = head;
        this.turned = head;
    }

    Cursor head() {
        return new Cursor(epoch, head);
    }

    Cursor oldest() {
        return new Cursor(epoch, head - newest.size());
    }

    /** The last entry that a turn has told. */
    long turned() {
        return turned;
    }

    /** Adds what is newer than the head. */
    void append(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.seq() > head) {
                newest.add(posted(entry));
                head = entry.seq();
            }
        }
        long untold = head - turned;
        int enough = (int) Math.max(keep, Math.min(untold, UNTURNED_ENTRIES));
        if (newest.size() > 2 * enough) {
            newest.subList(0, newest.size() - enough).clear();
        }
    }

    PostedMessage posted(Entry entry) {
        return new PostedMessage(
                room, new Cursor(epoch, entry.seq()), entry.key(), entry.author(), entry.at(), entry.text());
    }

    /** What no turn has told yet, up to the head and back as far as it is in memory; told by now. */
    List<PostedMessage> turn() {
        List<PostedMessage> untold = tail(head - turned);
        turned = head;
        return untold;
    }

    /** Entries after {@code seq} of about {@code maxChars}, one at least if there is one; empty if older than memory. */
    Optional<List<PostedMessage>> after(long seq, int maxChars) {
        return between(seq, head, maxChars);
    }

    /** As {@link #after}, but nothing that no turn has told yet. */
    Optional<List<PostedMessage>> toldAfter(long seq, int maxChars) {
        return between(seq, turned, maxChars);
    }

    private Optional<List<PostedMessage>> between(long seq, long last, int maxChars) {
        if (!reaches(seq)) {
            return Optional.empty();
        }
        int size = newest.size();
        int start = size - (int) Math.max(0, head - seq);
        int most = size - (int) Math.min(size, head - last);
        int end = start;
        for (int chars = 0; end < most && chars < maxChars; end++) {
            chars += newest.get(end).weight();
        }
        return Optional.of(List.copyOf(newest.subList(start, end)));
    }

    /** Whether everything after {@code seq} is in memory. */
    boolean reaches(long seq) {
        return head - seq <= newest.size();
    }

    private List<PostedMessage> tail(long count) {
        int size = newest.size();
        return List.copyOf(newest.subList((int) Math.max(0, size - count), size));
    }
}
