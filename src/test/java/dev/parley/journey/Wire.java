package dev.parley.journey;

import dev.parley.testing.ChatClient;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** How messages are written. */
enum Wire {
    JSON {
        private final JsonProvider provider = JsonProvider.provider();

        @Override
        List<Said> read(String text) {
            JsonValue value = provider.createReader(new StringReader(text)).readValue();
            List<Said> said = new ArrayList<>();
            if (value.getValueType() == JsonValue.ValueType.ARRAY) {
                value.asJsonArray().forEach(one -> said.add(said(one.asJsonObject())));
                return said;
            }
            JsonObject object = value.asJsonObject();
            if (!object.containsKey("type") && object.containsKey("messages")) {
                object.getJsonArray("messages").forEach(one -> said.add(said(one.asJsonObject())));
            }
            said.add(said(object));
            return said;
        }

        private Said said(JsonObject object) {
            Map<String, String> fields = new HashMap<>();
            object.forEach((name, value) ->
                    fields.put(name, value instanceof JsonString string ? string.getString() : value.toString()));
            return new Said(object.getString("type", ""), fields);
        }

        @Override
        String send(Draft draft) {
            return ChatClient.json("type", "send", "room", draft.room(), "key", draft.key(), "text", draft.text())
                    .toString();
        }

        @Override
        String hello(Map<String, String> cursors, boolean binary) {
            JsonArrayBuilder rooms = Json.createArrayBuilder();
            cursors.forEach((room, cursor) -> rooms.add(ChatClient.json("room", room, "after", cursor)));
            return ChatClient.json("type", "hello", "frames", binary ? "binary" : "text", "rooms", rooms.build())
                    .toString();
        }
    },
    XML {
        private static final Set<String> LISTS = Set.of("messages", "listing");

        @Override
        List<Said> read(String text) {
            try {
                Element root = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(text)))
                        .getDocumentElement();
                List<Said> said = new ArrayList<>();
                collect(root, said);
                return said;
            } catch (ParserConfigurationException | SAXException | IOException e) {
                throw new AssertionError("no XML: " + text, e);
            }
        }

        private void collect(Element element, List<Said> said) {
            List<Element> children = children(element);
            if (LISTS.contains(element.getTagName())) {
                children.stream()
                        .filter(child -> element.getTagName().equals("messages")
                                || child.getTagName().equals("messages"))
                        .forEach(child -> collect(child, said));
            }
            if (!element.getTagName().equals("messages")) {
                Map<String, String> fields = new HashMap<>();
                children.forEach(child -> fields.put(child.getTagName(), child.getTextContent()));
                said.add(new Said(element.getTagName().equals("listing") ? "" : element.getTagName(), fields));
            }
        }

        private List<Element> children(Element element) {
            List<Element> children = new ArrayList<>();
            for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element child) {
                    children.add(child);
                }
            }
            return children;
        }

        @Override
        String send(Draft draft) {
            return "<send room='" + draft.room() + "' key='" + draft.key() + "'><text>" + escape(draft.text())
                    + "</text></send>";
        }

        @Override
        String hello(Map<String, String> cursors, boolean binary) {
            String rooms = cursors.entrySet().stream()
                    .map(place -> "<room room='" + place.getKey() + "' after='" + place.getValue() + "'/>")
                    .collect(Collectors.joining());
            return "<hello frames='" + (binary ? "binary" : "text") + "'><rooms>" + rooms + "</rooms></hello>";
        }

        private String escape(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;");
        }
    };

    /** Everything in a frame or an answer, in order; an answer that is a list of messages comes after them, without a type. */
    abstract List<Said> read(String text);

    abstract String send(Draft draft);

    /** Joins the rooms at their cursors. */
    abstract String hello(Map<String, String> cursors, boolean binary);

    String subprotocol() {
        return this == JSON ? "parley.v1.json" : "parley.v1.xml";
    }

    String mediaType() {
        return this == JSON ? "application/json" : "application/xml";
    }
}
