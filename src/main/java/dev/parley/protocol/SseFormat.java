package dev.parley.protocol;

import java.util.List;

/**
 * Server-Sent Events (WHATWG HTML, 9.2): each message an event, its JSON the data, its cursor the id. Stateless, so a room's
 * events are made once for all who read it.
 */
public final class SseFormat implements WireFormat {

    /** For a stream of one room: an event's id is its cursor. Formats are compared by identity. */
    public static final SseFormat ONE_ROOM = new SseFormat(true);

    /** For a stream of several, which tells by itself where its reader stands in all of them. */
    public static final SseFormat MANY_ROOMS = new SseFormat(false);

    private final boolean ids;

    private SseFormat(boolean ids) {
        this.ids = ids;
    }

    @Override
    public List<Frame> encode(List<? extends ServerMessage> messages) {
        StringBuilder events = new StringBuilder();
        for (ServerMessage message : messages) {
            if (message instanceof ServerMessage.Ping || message instanceof ServerMessage.Connected) {
                // A comment does for the one, the other is for plain text.
                continue;
            }
            Frame.Place.after(message)
                    .filter(place -> ids)
                    .ifPresent(place ->
                            events.append("id: ").append(place.cursor()).append('\n'));
            events.append("data: ").append(JsonFormat.INSTANCE.object(message)).append("\n\n");
        }
        return events.isEmpty() ? List.of() : List.of(new Frame(events.toString(), Frame.Place.after(messages)));
    }
}
