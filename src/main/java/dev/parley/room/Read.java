package dev.parley.room;

import dev.parley.protocol.PostedMessage;
import java.util.List;

/**
 * Entries from the log. Immutable.
 *
 * @param messages consecutive, oldest first
 * @param trimmed the last entry that retention took away
 */
public record Read(List<PostedMessage> messages, long trimmed) {

    /** Copies the list. */
    public Read {
        messages = List.copyOf(messages);
    }

    /** What of it comes after {@code seq}. */
    Read after(long seq) {
        return new Read(messages.stream().filter(m -> m.seq() > seq).toList(), trimmed);
    }

    /** The last entry in it, 0 if it is empty. */
    long last() {
        return messages.isEmpty() ? 0 : messages.get(messages.size() - 1).seq();
    }

    /** About how many characters it has. */
    int weight() {
        return messages.stream().mapToInt(PostedMessage::weight).sum();
    }
}
