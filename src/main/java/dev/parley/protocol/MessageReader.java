package dev.parley.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what clients send in {@code parley.v1.json}. Never throws: what cannot be read comes out as
 * {@link ClientMessage.Unreadable} in its place. Immutable, thread-safe.
 */
public final class MessageReader {

    private static final int DEFAULT_HISTORY_MESSAGES = 50;

    /** Looked up once: a look-up for each call is twenty times slower. */
    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    private final Limits limits;
    private final Optional<RoomName> defaultRoom;

    /** A reader that keeps {@code limits}, and takes {@code defaultRoom} where a message names none. */
    public MessageReader(Limits limits, Optional<RoomName> defaultRoom) {
        this.limits = limits;
        this.defaultRoom = defaultRoom;
    }

    /** The messages of one frame, in order. */
    public List<ClientMessage> read(String frame) {
        JsonValue value;
        try {
            value = parse(frame);
        } catch (RuntimeException | StackOverflowError e) {
            // The parser refuses deep nesting and long numbers with exceptions of every kind.
            return List.of(unreadable("not JSON: '" + Texts.excerpt(frame) + "'"));
        }
        if (!(value instanceof JsonArray array)) {
            return List.of(readOne(value));
        }
        List<ClientMessage> messages = new ArrayList<>(array.size());
        for (JsonValue element : array) {
            messages.add(readOne(element));
        }
        return messages;
    }

    private static JsonValue parse(String frame) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(frame))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new JsonException("more than one value");
            }
            return value;
        }
    }

    private ClientMessage readOne(JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            return unreadable("a message is an object, this is " + quoted(value));
        }
        Optional<RequestId> id = Optional.empty();
        try {
            id = id(object);
            return readObject(object, id);
        } catch (ProtocolException e) {
            return new ClientMessage.Unreadable(id, e.refusal());
        }
    }

    private ClientMessage readObject(JsonObject object, Optional<RequestId> id) {
        String type = requireString(object, "type");
        return switch (type) {
            case "hello" -> new ClientMessage.Hello(id, name(object), places(object), binaryFrames(object));
            case "join" -> new ClientMessage.Join(id, place(object));
            case "leave" -> new ClientMessage.Leave(id, room(object));
            case "send" -> new ClientMessage.Send(id, room(object), key(object), text(object));
            case "history" ->
                new ClientMessage.History(
                        id, room(object), cursor(object, "before"), cursor(object, "after"), limit(object));
            case "typing" -> new ClientMessage.Typing(id, room(object));
            case "ping" -> new ClientMessage.Ping(id);
            case "pong" -> new ClientMessage.Pong(id);
            default ->
                throw new ProtocolException(Refusal.of(
                        Refusal.Code.UNKNOWN_TYPE,
                        "type: '" + Texts.excerpt(type)
                                + "', known: hello, join, leave, send, history, typing, ping, pong"));
        };
    }

    private static Optional<RequestId> id(JsonObject object) {
        JsonValue value = object.get("id");
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString string) {
            Texts.requireAtMost("id", string.getString(), Limits.REQUEST_ID_CHARS, Refusal.Code.BAD_MESSAGE);
        } else if (!(value instanceof JsonNumber) || value.toString().length() > Limits.REQUEST_ID_CHARS) {
            throw bad("id: " + quoted(value) + ", a number or string of at most " + Limits.REQUEST_ID_CHARS
                    + " characters");
        }
        return Optional.of(new RequestId(value));
    }

    private Optional<PersonName> name(JsonObject object) {
        return string(object, "name").map(name -> PersonName.parse(name, limits.nameChars()));
    }

    private List<ClientMessage.Place> places(JsonObject object) {
        JsonValue rooms = object.get("rooms");
        if (rooms == null || rooms == JsonValue.NULL) {
            return List.of();
        }
        if (!(rooms instanceof JsonArray array)) {
            throw bad("rooms: " + quoted(rooms) + ", an array of {room, after}");
        }
        List<ClientMessage.Place> places = new ArrayList<>();
        for (JsonValue element : array) {
            if (!(element instanceof JsonObject place)) {
                throw bad("rooms: " + quoted(element) + ", an object {room, after}");
            }
            places.add(place(place));
        }
        return places;
    }

    private ClientMessage.Place place(JsonObject object) {
        return new ClientMessage.Place(room(object), cursor(object, "after"));
    }

    private static Optional<Boolean> binaryFrames(JsonObject object) {
        return string(object, "frames").map(frames -> switch (frames) {
            case "binary" -> true;
            case "text" -> false;
            default -> throw bad("frames: '" + Texts.excerpt(frames) + "', \"text\" or \"binary\"");
        });
    }

    private RoomName room(JsonObject object) {
        Optional<String> name = string(object, "room");
        if (name.isPresent()) {
            return RoomName.parse(name.get(), limits.roomNameChars());
        }
        return defaultRoom.orElseThrow(() -> bad("room: missing, a string"));
    }

    private static Optional<String> key(JsonObject object) {
        Optional<String> key = string(object, "key");
        key.ifPresent(k -> {
            if (k.isEmpty()) {
                throw bad("key: empty, at least 1 character");
            }
            Texts.requireAtMost("key", k, Limits.KEY_CHARS, Refusal.Code.BAD_MESSAGE);
        });
        return key;
    }

    private String text(JsonObject object) {
        String text = requireString(object, "text");
        Texts.requireText(text, limits);
        return text;
    }

    private static Optional<Cursor> cursor(JsonObject object, String field) {
        return string(object, field).map(Cursor::parse);
    }

    private static int limit(JsonObject object) {
        JsonValue value = object.get("limit");
        if (value == null || value == JsonValue.NULL) {
            return DEFAULT_HISTORY_MESSAGES;
        }
        try {
            int limit = ((JsonNumber) value).intValueExact();
            if (limit >= 1 && limit <= Limits.HISTORY_MESSAGES) {
                return limit;
            }
        } catch (ArithmeticException | ClassCastException notOne) {
            // said below
        }
        throw bad("limit: " + quoted(value) + ", a number from 1 to " + Limits.HISTORY_MESSAGES);
    }

    private static String requireString(JsonObject object, String field) {
        return string(object, field).orElseThrow(() -> bad(field + ": missing, a string"));
    }

    private static Optional<String> string(JsonObject object, String field) {
        JsonValue value = object.get(field);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        throw bad(field + ": " + quoted(value) + ", a string");
    }

    private static String quoted(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING, NUMBER, TRUE, FALSE, NULL -> Texts.excerpt(value.toString());
        };
    }

    private static ClientMessage unreadable(String message) {
        return new ClientMessage.Unreadable(Optional.empty(), Refusal.of(Refusal.Code.BAD_MESSAGE, message));
    }

    private static ProtocolException bad(String message) {
        return new ProtocolException(Refusal.of(Refusal.Code.BAD_MESSAGE, message));
    }
}
