package dev.parley.http;

import dev.parley.protocol.RoomName;
import java.util.Map;

/** {@code api/rooms/{room}/…}. Thread-safe. */
public final class RoomsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    /** Something that every room has. */
    @FunctionalInterface
    interface Resource {

        /** Answers as {@link ApiServlet#serve}. */
        void serve(Call call, RoomName room);
    }

    private final transient Map<String, Resource> resources;

    /** Serves what is in {@code edge}. */
    public RoomsServlet(HttpEdge edge) {
        super(edge);
        resources = Map.of(
                "messages", new MessagesResource(),
                "members", new MembersResource(),
                "typing", new TypingResource(),
                "events", new EventsResource(),
                "frame", new FrameResource());
    }

    @Override
    void serve(Call call) {
        String[] segments = call.target().path().split("/", -1);
        // "", "api", "rooms", the room, what of it
        if (segments.length != 5 || !resources.containsKey(segments[4])) {
            throw ProblemException.of(404, "not_found", "there is nothing here");
        }
        resources.get(segments[4]).serve(call, call.room(segments[3]));
    }
}
