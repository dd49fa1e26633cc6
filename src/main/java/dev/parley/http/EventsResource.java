package dev.parley.http;

import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SseFormat;
import java.util.List;
import java.util.Optional;

/** {@code events}: Server-Sent Events of one room. Immutable. */
final class EventsResource implements RoomsServlet.Resource {

    /** How long a browser waits before it comes back, in milliseconds. */
    static final String RETRY = "retry: 2000\n\n";

    static final String COMMENT = ":\n\n";
    static final String TYPE = "text/event-stream";

    private static final Streams.Kind KIND =
            new Streams.Kind(TYPE, SseFormat.ONE_ROOM, RETRY, COMMENT, frame -> new byte[0]);

    @Override
    public void serve(Call call, RoomName room) {
        call.requireMethod("GET", "HEAD");
        call.requireAccepted(TYPE);
        Optional<Cursor> after = place(call).map(Cursor::parse);
        Streams.open(call, KIND, List.of(new ClientMessage.Place(room, after)));
    }

    /** Where to go on: what the browser says of itself when it comes back counts, or else what the page said. */
    static Optional<String> place(Call call) {
        return call.header("Last-Event-ID")
                .filter(id -> !id.isBlank())
                .map(String::strip)
                .or(() -> call.target().parameter("after"));
    }
}
