package dev.parley.protocol;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code parley.v1.json}: an object, or an array of them, in one frame. */
public final class JsonFormat implements ObjectFormat {

    /** The name of this format in {@code Sec-WebSocket-Protocol}. */
    public static final String SUBPROTOCOL = "parley.v1.json";

    /** The only one: formats are compared by identity. */
    public static final JsonFormat INSTANCE = new JsonFormat();

    /** Looked up once: a look-up for each call is twenty times slower. */
    private final JsonGeneratorFactory generators = JsonProvider.provider().createGeneratorFactory(Map.of());

    private JsonFormat() {}

    @Override
    public List<Frame> encode(List<? extends ServerMessage> messages) {
        List<String> objects = new ArrayList<>(messages.size());
        for (ServerMessage message : messages) {
            if (!(message instanceof ServerMessage.Connected)) {
                objects.add(object(message));
            }
        }
        return switch (objects.size()) {
            case 0 -> List.of();
            case 1 -> List.of(new Frame(objects.get(0)));
            default -> List.of(new Frame("[" + String.join(",", objects) + "]"));
        };
    }

    @Override
    public String object(ServerMessage message) {
        return message instanceof PostedMessage posted ? posted.in(this, this::generate) : generate(message);
    }

    private String generate(ServerMessage message) {
        StringWriter text = new StringWriter(message.weight() + 64);
        try (JsonGenerator json = generators.createGenerator(text)) {
            MessageWriter.write(new JsonFieldWriter(json), message);
        }
        return text.toString();
    }
}
