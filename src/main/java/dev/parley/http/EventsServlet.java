package dev.parley.http;

import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SseFormat;
import dev.parley.request.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code api/events?room=a&room=b}: Server-Sent Events of several rooms. The events are the same
 * bytes for everybody; after each write an id, of an event without data, tells where this client stands in all its rooms.
 * Thread-safe.
 */
public final class EventsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    /** What comes back as a header must fit into one. */
    private static final int MAX_ID_CHARS = 6_000;

    /** Serves what is in {@code edge}. */
    public EventsServlet(HttpEdge edge) {
        super(edge);
    }

    @Override
    void serve(Call call) {
        call.requireMethod("GET", "HEAD");
        call.requireAccepted(EventsResource.TYPE);
        int nameChars = call.edge.limits().roomNameChars();
        Map<RoomName, Cursor> cursors =
                EventsResource.place(call).map(id -> parse(id, nameChars)).orElse(Map.of());
        List<ClientMessage.Place> places = call.target().parameters("room").stream()
                .map(name -> RoomName.parse(name, nameChars))
                .distinct()
                .map(room -> new ClientMessage.Place(room, Optional.ofNullable(cursors.get(room))))
                .toList();
        int most = call.edge.limits().rooms();
        if (places.isEmpty()) {
            throw MessagesResource.bad("room: missing, one parameter for each");
        }
        if (places.size() > most) {
            throw new ProtocolException(
                    Refusal.of(Refusal.Code.TOO_MANY_ROOMS, places.size() + " rooms, at most " + most));
        }
        int idChars = places.stream()
                .mapToInt(place -> encode(place.room()).length() + 40)
                .sum();
        if (idChars > MAX_ID_CHARS) {
            throw new ProtocolException(Refusal.of(
                    Refusal.Code.TOO_MANY_ROOMS, "an id of " + idChars + " characters, at most " + MAX_ID_CHARS));
        }
        Map<RoomName, Cursor> stand = new LinkedHashMap<>();
        Streams.open(
                call,
                new Streams.Kind(
                        EventsResource.TYPE,
                        SseFormat.MANY_ROOMS,
                        EventsResource.RETRY,
                        EventsResource.COMMENT,
                        frame -> id(stand, frame)),
                places);
    }

    /** Called by the pump, one write after the other. */
    private static byte[] id(Map<RoomName, Cursor> stand, Frame frame) {
        if (frame.places().isEmpty()) {
            return new byte[0];
        }
        frame.places().forEach(place -> stand.put(place.room(), place.cursor()));
        String id = stand.entrySet().stream()
                .map(place -> encode(place.getKey()) + "=" + place.getValue())
                .collect(Collectors.joining(","));
        return ("id: " + id + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(RoomName room) {
        return URLEncoder.encode(room.value(), StandardCharsets.UTF_8);
    }

    private static Map<RoomName, Cursor> parse(String id, int nameChars) {
        Map<RoomName, Cursor> cursors = new LinkedHashMap<>();
        for (String place : id.split(",", -1)) {
            int equals = place.indexOf('=');
            if (equals < 1) {
                throw new ProtocolException(Refusal.of(
                        Refusal.Code.BAD_CURSOR, "cursors: not of the form room=cursor with commas between"));
            }
            RoomName room = RoomName.parse(Target.segment(place.substring(0, equals)), nameChars);
            cursors.put(room, Cursor.parse(place.substring(equals + 1)));
        }
        return cursors;
    }
}
