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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code parley.v1.json}, as clients write it: an object or an array of them. */
public final class JsonSyntax implements Syntax {

    /** The only one. */
    public static final JsonSyntax INSTANCE = new JsonSyntax();

    /** Looked up once: a look-up for each call is twenty times slower. */
    private final JsonParserFactory parsers = JsonProvider.provider().createParserFactory(Map.of());

    private JsonSyntax() {}

    @Override
    public List<Fields> parse(String frame) {
        JsonValue value;
        try {
            value = read(frame);
        } catch (RuntimeException | StackOverflowError e) {
            // The parser refuses deep nesting and long numbers with exceptions of every kind.
            throw Fields.bad("not JSON: '" + Texts.excerpt(frame) + "'");
        }
        return value instanceof JsonArray array
                ? array.stream().<Fields>map(Member::new).toList()
                : List.of(new Member(value));
    }

    private JsonValue read(String frame) {
        try (JsonParser parser = parsers.createParser(new StringReader(frame))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new JsonException("more than one value");
            }
            return value;
        }
    }

    private static String quoted(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING, NUMBER, TRUE, FALSE, NULL -> Texts.excerpt(value.toString());
        };
    }

    /** A value where an object should be. */
    private record Member(JsonValue value) implements Fields {

        private Optional<JsonValue> field(String name) {
            if (!(value instanceof JsonObject object)) {
                throw Fields.bad("a message is an object, this is " + quoted(value));
            }
            return Optional.ofNullable(object.get(name)).filter(found -> found != JsonValue.NULL);
        }

        @Override
        public String type() {
            return string("type").orElseThrow(() -> Fields.bad("type: missing, a string"));
        }

        @Override
        public Optional<RequestId> id() {
            return field("id").map(Member::requestId);
        }

        private static RequestId requestId(JsonValue id) {
            if (id instanceof JsonString string) {
                Texts.requireAtMost("id", string.getString(), Limits.REQUEST_ID_CHARS, Refusal.Code.BAD_MESSAGE);
            } else if (!(id instanceof JsonNumber) || id.toString().length() > Limits.REQUEST_ID_CHARS) {
                throw Fields.bad("id: " + quoted(id) + ", a number or string of at most " + Limits.REQUEST_ID_CHARS
                        + " characters");
            }
            return new RequestId(id);
        }

        @Override
        public Optional<String> string(String field) {
            return field(field).map(found -> {
                if (found instanceof JsonString string) {
                    return string.getString();
                }
                throw Fields.bad(field + ": " + quoted(found) + ", a string");
            });
        }

        @Override
        public Optional<Integer> number(String field, int most) {
            return field(field).map(found -> {
                if (found instanceof JsonNumber number && number.isIntegral()) {
                    long whole = number.bigDecimalValue().abs().precision() > 9 ? 0 : number.longValue();
                    if (whole >= 1 && whole <= most) {
                        return (int) whole;
                    }
                }
                throw Fields.bad(field + ": " + quoted(found) + ", a number from 1 to " + most);
            });
        }

        @Override
        public List<Fields> objects(String field, String of) {
            Optional<JsonValue> found = field(field);
            if (found.isEmpty()) {
                return List.of();
            }
            if (!(found.get() instanceof JsonArray array)) {
                throw Fields.bad(field + ": " + quoted(found.get()) + ", an array of " + of);
            }
            for (JsonValue element : array) {
                if (!(element instanceof JsonObject)) {
                    throw Fields.bad(field + ": " + quoted(element) + ", an object " + of);
                }
            }
            return array.stream().<Fields>map(Member::new).toList();
        }
    }
}
