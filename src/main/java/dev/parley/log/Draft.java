package dev.parley.log;

import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;

/**
 * A message that wants to become an entry. Immutable.
 *
 * @param room where it goes
 * @param key the sender's own id for it, the idempotency key, 1 to 256 UTF-16 characters
 * @param author who sends it
 * @param text what it says, not empty
 */
public record Draft(RoomName room, String key, Person author, String text) {

    /** The most UTF-16 characters that a key may have. */
    public static final int MAX_KEY_CHARS = 256;

    /** Refuses what no store could keep. */
    public Draft {
        if (key.isEmpty() || key.length() > MAX_KEY_CHARS || text.isEmpty()) {
            throw new IllegalArgumentException(
                    "key of " + key.length() + " characters, 1 to " + MAX_KEY_CHARS + "; text of " + text.length());
        }
    }
}
