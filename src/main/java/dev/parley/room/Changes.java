package dev.parley.room;

import dev.parley.protocol.ServerMessage;
import java.util.List;

/**
 * What changed in a roster. Immutable.
 *
 * @param messages what to tell
 * @param version the version that this leads to
 */
public record Changes(List<ServerMessage> messages, long version) {

    /** Copies the list. */
    public Changes {
        messages = List.copyOf(messages);
    }
}
