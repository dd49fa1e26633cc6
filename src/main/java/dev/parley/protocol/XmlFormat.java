package dev.parley.protocol;

import java.util.List;

/** {@code parley.v1.xml}: an element for each message, and {@code <messages>} around several in one frame. */
public final class XmlFormat implements ObjectFormat {

    /** The name of this format in {@code Sec-WebSocket-Protocol}. */
    public static final String SUBPROTOCOL = "parley.v1.xml";

    /** The only one: formats are compared by identity. */
    public static final XmlFormat INSTANCE = new XmlFormat();

    private XmlFormat() {}

    @Override
    public List<Frame> encode(List<? extends ServerMessage> messages) {
        List<String> elements = messages.stream()
                .filter(message -> !(message instanceof ServerMessage.Connected))
                .map(this::object)
                .toList();
        return switch (elements.size()) {
            case 0 -> List.of();
            case 1 -> List.of(new Frame(elements.get(0)));
            default -> List.of(new Frame("<messages>" + String.join("", elements) + "</messages>"));
        };
    }

    @Override
    public String object(ServerMessage message) {
        return message instanceof PostedMessage posted ? posted.in(this, XmlFormat::generate) : generate(message);
    }

    private static String generate(ServerMessage message) {
        StringBuilder xml = new StringBuilder(2 * message.weight());
        MessageWriter.write(new XmlFieldWriter(xml), message);
        return xml.toString();
    }
}
