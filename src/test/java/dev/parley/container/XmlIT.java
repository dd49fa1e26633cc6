package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** {@code parley.v1.xml}: what the JSON says, in XML that the JDK's own parser reads. Each test has a room of its own. */
@ExtendWith(ArquillianExtension.class)
class XmlIT {

    private static final String SUBPROTOCOL = "parley.v1.xml";

    @ArquillianResource
    private URL url;

    private URI base;
    private ChatClient client;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with();
    }

    @BeforeEach
    void open() {
        base = TestWar.base(url);
        client = ChatClient.at(base, "chat").offering(SUBPROTOCOL).open();
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** The next message of this type, alone in its frame or among others. */
    private Element next(String type) throws Exception {
        while (true) {
            Element frame = parse(client.nextText());
            if (frame.getTagName().equals(type)) {
                return frame;
            }
            for (int i = 0; i < frame.getChildNodes().getLength(); i++) {
                if (frame.getTagName().equals("messages")
                        && frame.getChildNodes().item(i) instanceof Element message
                        && message.getTagName().equals(type)) {
                    return message;
                }
            }
        }
    }

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    /** What is in the first element of this name. */
    private static String field(Element message, String name) {
        NodeList found = message.getElementsByTagName(name);
        return found.getLength() == 0 ? "nothing" : found.item(0).getTextContent();
    }

    @Test
    void everythingThatJsonClientsSayCanBeSaid() throws Exception {
        String text = "你好 <b> & \"'\t]]> 🎈";
        client.send("<hello id='1' name='李雷'/>");
        Element welcome = next("welcome");
        client.send("<join id=\"2\"><room>xml</room></join>");
        Element joined = next("joined");
        client.send(
                "<send id='3' room='xml' key='k&amp;1'><text>你好 &lt;b> &amp; \"'&#9;]]&gt; &#x1F388;</text></send>");
        Element message = next("message");
        client.send(
                "<send id='4' room='xml' key='k&amp;1'><text>" + "<![CDATA[你好 <b> & \"'\t]]>]]&gt; 🎈</text></send>");
        Element again = next("sent");
        client.send("<history id='5' room='xml' limit='10'/>");
        Element history = next("history");

        assertThat(client.subprotocol()).isEqualTo(SUBPROTOCOL);
        assertThat(field(welcome, "id")).isEqualTo("1");
        assertThat(field(welcome, "name")).isEqualTo("李雷");
        assertThat(field(welcome, "textChars")).isEqualTo("4000");
        assertThat(field(joined, "room")).isEqualTo("xml");
        assertThat(field(joined, "cursor")).endsWith(":0");
        assertThat(field(joined, "count")).isEqualTo("1");
        assertThat(field(message, "text")).isEqualTo(text);
        assertThat(field(message, "seq")).isEqualTo("1");
        assertThat(field(message, "key")).isEqualTo("k&1");
        assertThat(field(again, "seq")).isEqualTo("1");
        assertThat(history.getElementsByTagName("message").getLength()).isEqualTo(1);
        assertThat(field(history, "text")).isEqualTo(text);
    }

    @Test
    void clientsOfBothSyntaxesTalkToEachOther() throws Exception {
        try (ChatClient json = ChatClient.at(base, "chat/both").open()) {
            json.next("joined");
            client.send("<join room='both'/>");
            next("joined");
            client.send("<send room='both' key='1'><text>from &lt;xml&gt;</text></send>");
            assertThat(json.next("message").getString("text")).isEqualTo("from <xml>");
            next("message");
            json.post("both", "from {json}");
            assertThat(field(next("message"), "text")).isEqualTo("from {json}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE send><send room='refused'><text>a</text></send>",
                "<!DOCTYPE send SYSTEM 'http://127.0.0.1:1/a.dtd'><send room='refused'><text>a</text></send>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><send room='refused'><text>&x;</text></send>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><send room='refused'><text>a</text></send>",
                "<!DOCTYPE a [<!ENTITY x 'yyy'>]><send room='refused'><text>&x;&x;&x;</text></send>",
                "<send room='refused'><text>&x;</text></send>",
                "<send room='refused'><text>a</send>",
                "{\"type\":\"ping\"}",
            })
    void documentTypeOrEntityIsAnsweredAndTheConnectionLives(String document) throws Exception {
        client.send("<join room='refused'/>");
        next("joined");

        client.send(document);
        Element error = next("error");
        client.send("<history id='h' room='refused'/>");
        Element history = next("history");

        assertThat(field(error, "code")).isEqualTo("bad_message");
        assertThat(error.getTextContent()).doesNotContain("root:", "yyyyyy", "Exception");
        assertThat(history.getElementsByTagName("message").getLength()).isZero();
    }
}
