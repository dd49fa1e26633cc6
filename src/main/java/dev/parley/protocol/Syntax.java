package dev.parley.protocol;

import java.util.List;

/** How clients write messages. Stateless, thread-safe. */
public interface Syntax {

    /**
     * The objects in one frame, in order, their fields unread.
     *
     * @throws ProtocolException if it holds none
     */
    List<Fields> parse(String frame);
}
