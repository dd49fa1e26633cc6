package dev.parley.protocol;

import java.util.List;

/** How messages become frames. Stateless, thread-safe; compared by identity. One more format is one more class. */
public interface WireFormat {

    /** The frames that say {@code messages}, in order: one, many or none. */
    List<Frame> encode(List<? extends ServerMessage> messages);
}
