package dev.parley.log;

import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import java.util.Optional;

/**
 * A message that wants to become an entry. Immutable.
 *
 * @param room where it goes
 * @param key the sender's own id for it, the idempotency key, 1 to 256 UTF-16 characters; without one it is new each time
 * @param author who sends it
 * @param text what it says, not empty
 */
public record Draft(RoomName room, Optional<String> key, Person author, String text) {

    /** The most UTF-16 characters that a key may have. */
    public static final int MAX_KEY_CHARS = 256;

    /** Refuses what no store could keep. */
    public Draft {
        int keyChars = key.map(String::length).orElse(1);
        if (keyChars == 0 || keyChars > MAX_KEY_CHARS || text.isEmpty()) {
            throw new IllegalArgumentException(
                    "key of " + keyChars + " characters, 1 to " + MAX_KEY_CHARS + "; text of " + text.length());
        }
    }

    /** A message whose sender has an id for it. */
    public Draft(RoomName room, String key, Person author, String text) {
        this(room, Optional.of(key), author, text);
    }

    /** The key of the entry that this becomes at {@code seq}: the sender's, or one made of the place. */
    public String keyAt(long seq) {
        return key.orElseGet(() -> keyOfPlace(seq));
    }

    /** The key of an entry at {@code seq} whose sender gave none. */
    public static String keyOfPlace(long seq) {
        return "s-" + seq;
    }
}
