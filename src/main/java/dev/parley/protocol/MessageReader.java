package dev.parley.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what clients send, in any {@link Syntax}: which fields each message has, and what they may hold. Immutable,
 * thread-safe.
 */
public final class MessageReader {

    /** How many messages a page has that asks for no number. */
    public static final int DEFAULT_HISTORY_MESSAGES = 50;

    private final Syntax syntax;
    private final Limits limits;
    private final Optional<RoomName> defaultRoom;

    /** A reader that keeps {@code limits}, and takes {@code defaultRoom} where a message names none. */
    public MessageReader(Syntax syntax, Limits limits, Optional<RoomName> defaultRoom) {
        this.syntax = syntax;
        this.limits = limits;
        this.defaultRoom = defaultRoom;
    }

    /**
     * The messages of one frame, in order. Never throws: what cannot be read comes out as
     * {@link ClientMessage.Unreadable} in its place.
     */
    public List<ClientMessage> read(String frame) {
        List<ClientMessage> messages = new ArrayList<>();
        try {
            syntax.parse(frame).forEach(fields -> messages.add(readOne(fields)));
        } catch (ProtocolException e) {
            messages.add(new ClientMessage.Unreadable(Optional.empty(), e.refusal()));
        }
        return messages;
    }

    /**
     * The one message to be appended that {@code body} holds, without a type and for the default room.
     *
     * @throws ProtocolException if it holds anything else
     */
    public ClientMessage.Send readSend(String body) {
        List<Fields> objects = syntax.parse(body);
        if (objects.size() != 1) {
            throw Fields.bad(objects.size() + " messages, 1 a request");
        }
        Fields fields = objects.get(0);
        RoomName room = defaultRoom.orElseThrow(() -> Fields.bad("room: missing, a string"));
        return new ClientMessage.Send(Optional.empty(), room, key(fields), text(fields));
    }

    /** The name in {@code body}, an object with a {@code name}. Throws as {@link #readSend}. */
    public PersonName readName(String body) {
        List<Fields> objects = syntax.parse(body);
        if (objects.size() != 1) {
            throw Fields.bad(objects.size() + " names, 1 a request");
        }
        return name(objects.get(0)).orElseThrow(() -> Fields.bad("name: missing, a string"));
    }

    private ClientMessage readOne(Fields fields) {
        Optional<RequestId> id = Optional.empty();
        try {
            id = fields.id();
            return readMessage(fields, id);
        } catch (ProtocolException e) {
            return new ClientMessage.Unreadable(id, e.refusal());
        }
    }

    private ClientMessage readMessage(Fields fields, Optional<RequestId> id) {
        String type = fields.type();
        return switch (type) {
            case "hello" -> new ClientMessage.Hello(id, name(fields), places(fields), binaryFrames(fields));
            case "join" -> new ClientMessage.Join(id, place(fields));
            case "leave" -> new ClientMessage.Leave(id, room(fields));
            case "send" -> new ClientMessage.Send(id, room(fields), key(fields), text(fields));
            case "history" ->
                new ClientMessage.History(
                        id, room(fields), cursor(fields, "before"), cursor(fields, "after"), limit(fields));
            case "typing" -> new ClientMessage.Typing(id, room(fields));
            case "ping" -> new ClientMessage.Ping(id);
            case "pong" -> new ClientMessage.Pong(id);
            default ->
                throw new ProtocolException(Refusal.of(
                        Refusal.Code.UNKNOWN_TYPE,
                        "type: '" + Texts.excerpt(type)
                                + "', known: hello, join, leave, send, history, typing, ping, pong"));
        };
    }

    private Optional<PersonName> name(Fields fields) {
        return fields.string("name").map(name -> PersonName.parse(name, limits.nameChars()));
    }

    private List<ClientMessage.Place> places(Fields fields) {
        return fields.objects("rooms", "{room, after}").stream()
                .map(this::place)
                .toList();
    }

    private ClientMessage.Place place(Fields fields) {
        return new ClientMessage.Place(room(fields), cursor(fields, "after"));
    }

    private static Optional<Boolean> binaryFrames(Fields fields) {
        return fields.string("frames").map(frames -> switch (frames) {
            case "binary" -> true;
            case "text" -> false;
            default -> throw Fields.bad("frames: '" + Texts.excerpt(frames) + "', \"text\" or \"binary\"");
        });
    }

    private RoomName room(Fields fields) {
        return fields.string("room")
                .map(name -> RoomName.parse(name, limits.roomNameChars()))
                .or(() -> defaultRoom)
                .orElseThrow(() -> Fields.bad("room: missing, a string"));
    }

    private static Optional<String> key(Fields fields) {
        return fields.string("key").map(Texts::requireKey);
    }

    private String text(Fields fields) {
        String text = fields.string("text").orElseThrow(() -> Fields.bad("text: missing, a string"));
        Texts.requireText(text, limits);
        return text;
    }

    private static Optional<Cursor> cursor(Fields fields, String field) {
        return fields.string(field).map(Cursor::parse);
    }

    private static int limit(Fields fields) {
        return fields.number("limit", Limits.HISTORY_MESSAGES).orElse(DEFAULT_HISTORY_MESSAGES);
    }
}
