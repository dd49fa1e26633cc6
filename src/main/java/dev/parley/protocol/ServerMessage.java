package dev.parley.protocol;

import java.util.List;
import java.util.Optional;

/** What the server says. Immutable. */
public sealed interface ServerMessage permits ServerMessage.Plain, PostedMessage {

    /** About how many characters this is on the wire; for gathering, not for limits. */
    default int weight() {
        return 200;
    }

    /** All but the message in a room, which is encoded once for everybody. */
    sealed interface Plain extends ServerMessage {}

    /** The body of one answer over HTTP, where the request says what it is about. */
    sealed interface Answer extends Plain {}

    /**
     * The answer to a hello.
     *
     * @param heartbeatSeconds the longest that the server is silent
     */
    record Welcome(Optional<RequestId> id, Person user, String session, long heartbeatSeconds, Limits limits)
            implements Plain {}

    /** The answer to a join: what comes after {@code cursor} follows. */
    record Joined(Optional<RequestId> id, RoomName room, Cursor cursor, List<Person> members, int count, long version)
            implements Plain {

        /** Copies the list. */
        public Joined {
            members = List.copyOf(members);
        }

        @Override
        public int weight() {
            return 200 + 60 * members.size();
        }
    }

    /** The answer to a leave. */
    record Left(Optional<RequestId> id, RoomName room) implements Plain {}

    /** The answer to a send, once the message is durable; {@code stored} says where. */
    record Sent(Optional<RequestId> id, RoomName room, String key, long seq, String stored, boolean duplicate)
            implements Plain {}

    /** The answer to a history request, oldest first; {@code more}: there is more in the direction asked for. */
    record HistoryPage(Optional<RequestId> id, RoomName room, List<PostedMessage> messages, boolean more)
            implements Plain {

        /** Copies the list. */
        public HistoryPage {
            messages = List.copyOf(messages);
        }

        @Override
        public int weight() {
            return 200 + messages.stream().mapToInt(PostedMessage::weight).sum();
        }
    }

    /** The entries after {@code from} up to {@code to} will not come. */
    record Gap(RoomName room, Cursor from, Cursor to, Reason reason) implements Plain {

        /** Why not. */
        public enum Reason {
            /** Retention took them. */
            TRIMMED,
            /** The cursor was another log's. */
            EPOCH,
            /** The client read too slowly for this room. */
            SLOW
        }
    }

    /** Who came and who went since the version before. */
    record Presence(RoomName room, long version, List<Person> joined, List<Person> left, int count) implements Plain {

        /** Copies the lists. */
        public Presence {
            joined = List.copyOf(joined);
            left = List.copyOf(left);
        }

        @Override
        public int weight() {
            return 100 + 60 * (joined.size() + left.size());
        }
    }

    /** Who is there, in place of what was known. */
    record Roster(RoomName room, long version, List<Person> members, int count) implements Plain {

        /** Copies the list. */
        public Roster {
            members = List.copyOf(members);
        }

        @Override
        public int weight() {
            return 100 + 60 * members.size();
        }
    }

    /** How many connections are in the room; told to those who asked for the log format. */
    record Connected(RoomName room, int connections) implements Plain {}

    /** Somebody types. */
    record SomebodyTypes(RoomName room, Person from) implements Plain {}

    /** Is the client there? */
    record Ping() implements Plain {}

    /** The server is. */
    record Pong(Optional<RequestId> id) implements Plain {}

    /** A request was not done. */
    record Refused(Optional<RequestId> id, Refusal refusal) implements Plain {}

    /** The server is about to close; come back after {@code retryAfterMillis} and a random part of {@code spreadMillis}. */
    record Bye(CloseCode code, long retryAfterMillis, long spreadMillis) implements Plain {}

    /**
     * Messages, oldest first; whoever has them stands at {@code cursor}.
     *
     * @param gap what will not come, before them
     * @param more for a page of the past: whether there is more in the direction asked for
     */
    record Listing(List<PostedMessage> messages, Cursor cursor, Optional<Gap> gap, Optional<Boolean> more)
            implements Answer {

        /** Copies the list. */
        public Listing {
            messages = List.copyOf(messages);
        }

        @Override
        public int weight() {
            return 200 + messages.stream().mapToInt(PostedMessage::weight).sum();
        }
    }

    /** A message is durable, at {@code cursor}; {@code stored} says where. */
    record Receipt(String key, Cursor cursor, String stored, boolean duplicate) implements Answer {}

    /** Who is there. */
    record Members(List<Person> members, int count, long version) implements Answer {

        /** Copies the list. */
        public Members {
            members = List.copyOf(members);
        }
    }

    /** Who asks, and what a client may do. */
    record Guest(Person person, Limits limits) implements Answer {}

    /**
     * A request was not done (RFC 9457).
     *
     * @param code what a program looks at, see {@link Refusal.Code} and those of HTTP alone
     */
    record Problem(int status, String code, String detail, boolean retry, Optional<Long> retryAfterMillis)
            implements Answer {}
}
