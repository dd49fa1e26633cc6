package dev.parley.protocol;

import java.util.List;
import java.util.Optional;

/** What a client says. Immutable. */
public sealed interface ClientMessage {

    /** What the answer or the error carries back. */
    Optional<RequestId> id();

    /**
     * Names the person and joins rooms.
     *
     * @param binaryFrames how the server's messages are to be sent from now on; empty: as before
     */
    record Hello(Optional<RequestId> id, Optional<PersonName> name, List<Place> rooms, Optional<Boolean> binaryFrames)
            implements ClientMessage {

        /** Copies the list. */
        public Hello {
            rooms = List.copyOf(rooms);
        }
    }

    /** A room, and where to read on; without a cursor, from now. */
    record Place(RoomName room, Optional<Cursor> after) {}

    /** Comes into a room. */
    record Join(Optional<RequestId> id, Place place) implements ClientMessage {}

    /** Goes out of a room. */
    record Leave(Optional<RequestId> id, RoomName room) implements ClientMessage {}

    /** Appends a message; without a key, sending it again doubles it. */
    record Send(Optional<RequestId> id, RoomName room, Optional<String> key, String text) implements ClientMessage {}

    /** Asks for entries before or after a cursor, or for the newest. */
    record History(Optional<RequestId> id, RoomName room, Optional<Cursor> before, Optional<Cursor> after, int limit)
            implements ClientMessage {}

    /** Is typing in a room. */
    record Typing(Optional<RequestId> id, RoomName room) implements ClientMessage {}

    /** Asks whether the server is there. */
    record Ping(Optional<RequestId> id) implements ClientMessage {}

    /** Is there: the answer to the server's ping. */
    record Pong(Optional<RequestId> id) implements ClientMessage {}

    /** Something that could not be read. */
    record Unreadable(Optional<RequestId> id, Refusal refusal) implements ClientMessage {}
}
