package dev.parley.protocol;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code parley.v1.json}: an object, or an array of them, in one frame. */
public final class JsonFormat implements WireFormat {

    /** The name of this format in {@code Sec-WebSocket-Protocol}. */
    public static final String SUBPROTOCOL = "parley.v1.json";

    /** The only one: formats are compared by identity. */
    public static final JsonFormat INSTANCE = new JsonFormat();

    /** Looked up once: a look-up for each call is twenty times slower. */
    private final JsonGeneratorFactory generators = JsonProvider.provider().createGeneratorFactory(Map.of());

    private JsonFormat() {}

    @Override
    public List<Frame> encode(List<? extends ServerMessage> messages) {
        List<String> objects = messages.stream()
                .filter(message -> !(message instanceof ServerMessage.Connected))
                .map(this::object)
                .toList();
        return switch (objects.size()) {
            case 0 -> List.of();
            case 1 -> List.of(new Frame(objects.get(0)));
            default -> List.of(new Frame("[" + String.join(",", objects) + "]"));
        };
    }

    private String object(ServerMessage message) {
        return message instanceof PostedMessage posted ? posted.in(this, this::generate) : generate(message);
    }

    private String generate(ServerMessage message) {
        StringWriter text = new StringWriter(message.weight() + 64);
        try (JsonGenerator json = generators.createGenerator(text)) {
            write(json, message);
        }
        return text.toString();
    }

    private void write(JsonGenerator json, ServerMessage message) {
        json.writeStartObject();
        if (message instanceof PostedMessage posted) {
            writePosted(json, posted);
        } else if (message instanceof ServerMessage.Sent sent) {
            head(json, "sent", sent.id(), sent.room()).write("key", sent.key());
            json.write("seq", sent.cursor().seq()).write("cursor", sent.cursor().toString());
            json.write("stored", sent.stored()).write("duplicate", sent.duplicate());
        } else if (message instanceof ServerMessage.Welcome welcome) {
            writeWelcome(json, welcome);
        } else if (message instanceof ServerMessage.Joined joined) {
            head(json, "joined", joined.id(), joined.room())
                    .write("cursor", joined.cursor().toString());
            people(json, "members", joined.members()).write("count", joined.count());
            json.write("version", joined.version());
        } else if (message instanceof ServerMessage.Left left) {
            head(json, "left", left.id(), left.room());
        } else if (message instanceof ServerMessage.HistoryPage page) {
            head(json, "history", page.id(), page.room()).writeStartArray("messages");
            for (PostedMessage posted : page.messages()) {
                json.writeStartObject();
                writePosted(json, posted);
                json.writeEnd();
            }
            json.writeEnd().write("more", page.more());
        } else if (message instanceof ServerMessage.Gap gap) {
            head(json, "gap", Optional.empty(), gap.room())
                    .write("from", gap.from().toString());
            json.write("to", gap.to().toString()).write("reason", lower(gap.reason()));
        } else if (message instanceof ServerMessage.Presence presence) {
            head(json, "presence", Optional.empty(), presence.room()).write("version", presence.version());
            people(json, "joined", presence.joined());
            people(json, "left", presence.left()).write("count", presence.count());
        } else if (message instanceof ServerMessage.Roster roster) {
            head(json, "presence", Optional.empty(), roster.room()).write("version", roster.version());
            people(json, "members", roster.members()).write("count", roster.count());
        } else if (message instanceof ServerMessage.SomebodyTypes typing) {
            head(json, "typing", Optional.empty(), typing.room());
            person(json, "from", typing.from());
        } else if (message instanceof ServerMessage.Ping) {
            json.write("type", "ping");
        } else if (message instanceof ServerMessage.Pong pong) {
            head(json, "pong", pong.id());
        } else if (message instanceof ServerMessage.Refused refused) {
            writeRefused(json, refused);
        } else if (message instanceof ServerMessage.Bye bye) {
            json.write("type", "bye").write("code", bye.code().code());
            json.write("retryAfter", bye.retryAfterMillis()).write("spread", bye.spreadMillis());
        } else {
            throw new AssertionError(message);
        }
        json.writeEnd();
    }

    private static void writePosted(JsonGenerator json, PostedMessage posted) {
        head(json, "message", Optional.empty(), posted.room())
                .write("cursor", posted.cursor().toString());
        json.write("seq", posted.seq()).write("key", posted.key());
        person(json, "from", posted.from()).write("at", posted.at().toString()).write("text", posted.text());
    }

    private static void writeWelcome(JsonGenerator json, ServerMessage.Welcome welcome) {
        head(json, "welcome", welcome.id());
        person(json, "user", welcome.user()).write("session", welcome.session());
        json.write("heartbeat", welcome.heartbeatSeconds());
        Limits limits = welcome.limits();
        json.writeStartObject("limits").write("textChars", limits.textChars());
        json.write("frameBytes", limits.frameBytes()).write("nameChars", limits.nameChars());
        json.write("roomNameChars", limits.roomNameChars()).write("rooms", limits.rooms());
        json.write("messagesPerSecond", limits.messagesPerSecond()).write("burst", limits.burst());
        json.write("historyMessages", Limits.HISTORY_MESSAGES).writeEnd();
    }

    private static void writeRefused(JsonGenerator json, ServerMessage.Refused refused) {
        Refusal refusal = refused.refusal();
        head(json, "error", refused.id()).write("code", refusal.code().wire());
        json.write("message", refusal.message()).write("retry", refusal.retry());
        refusal.retryAfterMillis().ifPresent(millis -> json.write("retryAfter", millis));
    }

    private static JsonGenerator head(JsonGenerator json, String type, Optional<RequestId> id, RoomName room) {
        return head(json, type, id).write("room", room.value());
    }

    private static JsonGenerator head(JsonGenerator json, String type, Optional<RequestId> id) {
        json.write("type", type);
        id.ifPresent(request -> json.write("id", request.value()));
        return json;
    }

    private static JsonGenerator people(JsonGenerator json, String name, List<Person> people) {
        json.writeStartArray(name);
        for (Person someone : people) {
            json.writeStartObject().write("id", someone.id());
            json.write("name", someone.name().value()).writeEnd();
        }
        return json.writeEnd();
    }

    private static JsonGenerator person(JsonGenerator json, String name, Person someone) {
        json.writeStartObject(name).write("id", someone.id());
        return json.write("name", someone.name().value()).writeEnd();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
