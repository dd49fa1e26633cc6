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
}
