package dev.parley.protocol;

import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * {@code parley.v1.xml}, as clients write it: an element named by its type, a field an attribute or a child element; several
 * in {@code <messages>}. No document type, no entities but XML's own five, no depth that a message of ours does not have.
 */
public final class XmlSyntax implements Syntax {

    /** The only one. */
    public static final XmlSyntax INSTANCE = new XmlSyntax();

    private static final String ROOT = "messages";

    /** {@code messages}, a message, its rooms, a room, a field of it. */
    private static final int MAX_DEPTH = 5;

    private final XMLInputFactory readers = XMLInputFactory.newDefaultFactory();

    private XmlSyntax() {
        readers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        readers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        readers.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        readers.setProperty(XMLInputFactory.IS_COALESCING, true);
        readers.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside is read");
        });
    }

    @Override
    public List<Fields> parse(String frame) {
        Element root;
        try {
            root = read(frame);
        } catch (XMLStreamException | RuntimeException e) {
            throw Fields.bad("not XML, or with a document type or too deep: '" + Texts.excerpt(frame) + "'");
        }
        return root.name.equals(ROOT) ? List.copyOf(root.children) : List.of(root);
    }

    private Element read(String frame) throws XMLStreamException {
        XMLStreamReader reader = readers.createXMLStreamReader(new StringReader(frame));
        try {
            Element root = null;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    root = element(reader, 1);
                } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw new XMLStreamException("a document type");
                }
            }
            if (root == null) {
                throw new XMLStreamException("no element");
            }
            return root;
        } finally {
            reader.close();
        }
    }

    private static Element element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("too deep");
        }
        Element element = new Element(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> element.children.add(element(reader, depth + 1));
                case XMLStreamConstants.END_ELEMENT -> {
                    return element;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    element.text.append(reader.getText());
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw new XMLStreamException("an entity");
            }
        }
    }

    /** An element with what is in it. Not changed any more once it is read. */
    private static final class Element implements Fields {

        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<Element> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Element(String name) {
            this.name = name;
        }

        @Override
        public String type() {
            return name;
        }

        private Optional<Element> child(String field) {
            return children.stream().filter(child -> child.name.equals(field)).findFirst();
        }

        @Override
        public Optional<RequestId> id() {
            return string("id").map(id -> {
                Texts.requireAtMost("id", id, Limits.REQUEST_ID_CHARS, Refusal.Code.BAD_MESSAGE);
                return new RequestId(Json.createValue(id));
            });
        }

        @Override
        public Optional<String> string(String field) {
            return Optional.ofNullable(attributes.get(field))
                    .or(() -> child(field).map(Element::content));
        }

        private String content() {
            if (!children.isEmpty()) {
                throw Fields.bad(name + ": an element with elements in it, a text");
            }
            return text.toString();
        }

        @Override
        public Optional<Integer> number(String field, int most) {
            return string(field).map(number -> {
                String digits = number.strip();
                if (digits.matches("[0-9]{1,9}")) {
                    int value = Integer.parseInt(digits);
                    if (value >= 1 && value <= most) {
                        return value;
                    }
                }
                throw Fields.bad(field + ": " + Texts.excerpt(number) + ", a number from 1 to " + most);
            });
        }

        @Override
        public List<Fields> objects(String field, String of) {
            return child(field)
                    .map(array -> List.<Fields>copyOf(array.children))
                    .orElse(List.of());
        }
    }
}
