package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.testing.CountingProxy;
import dev.parley.testing.HttpConnection;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the lab counts and troubles, in every container: exact where the server sees TCP, reckoned elsewhere. */
@ExtendWith(ArquillianExtension.class)
class LabIT {

    private static final int MESSAGES = 20;
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @ArquillianResource
    private URL url;

    private final String run = UUID.randomUUID().toString().replace("-", "");
    private URI base;
    private String cookie;
    private String room;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with();
    }

    @BeforeEach
    void arrive() throws IOException {
        base = TestWar.base(url);
        room = base.getPath() + "api/rooms/" + run.substring(0, 12) + "/";
        try (HttpConnection http = http()) {
            cookie = "Cookie: "
                    + http.ask("GET " + base.getPath() + "api/me", "")
                            .header("Set-Cookie")
                            .split(";")[0];
        }
    }

    private HttpConnection http() throws IOException {
        return new HttpConnection(base.getHost(), base.getPort(), 0);
    }

    private String ask(String line, String body, String... headers) throws IOException {
        try (HttpConnection http = http()) {
            return http.ask(line, body, headers).text();
        }
    }

    private void post(String text) throws IOException {
        assertThat(ask("POST " + room + "messages", text, cookie, "Content-Type: text/plain"))
                .contains("\"seq\"");
    }

    private String trouble(String form) throws IOException {
        return ask("POST " + base.getPath() + "api/lab/trouble", "run=" + run + "&" + form, cookie, FORM);
    }

    private RawWebSocket webSocket() throws IOException {
        return RawWebSocket.open(
                base.getHost(), base.getPort(), chat(), cookie, "Sec-WebSocket-Protocol: parley.v1.json");
    }

    private String chat() {
        return base.getPath() + "chat/" + run.substring(0, 12) + "?lab=" + run + ".websocket";
    }

    @Test
    void countsOfAStreamAreThoseOnTheLine() throws IOException {
        try (CountingProxy line = line();
                HttpConnection stream = new HttpConnection("127.0.0.1", line.port(), 0)) {
            stream.send("GET " + room + "events?lab=" + run + ".sse", "", cookie);
            stream.readUntil("joined");
            for (int i = 0; i < MESSAGES; i++) {
                post("no " + i);
                stream.readUntil("no " + i + "\"");
            }
            assertCounts("sse", line);
        }
    }

    @Test
    void countsOfPollsAreThoseOnTheLine() throws IOException {
        try (CountingProxy line = line();
                HttpConnection poll = new HttpConnection("127.0.0.1", line.port(), 0)) {
            for (int i = 0; i < MESSAGES; i++) {
                poll.ask("GET " + room + "messages?wait=0&lab=" + run + ".poll", "", cookie);
            }
            assertCounts("poll", line);
        }
    }

    @Test
    void countsOfAWebSocketAreThoseOnTheLine() throws IOException {
        try (CountingProxy line = line();
                RawWebSocket socket = RawWebSocket.open("127.0.0.1", line.port(), chat(), cookie)) {
            for (int i = 0; i < MESSAGES; i++) {
                socket.sendText("no " + i);
                while (!socket.readMessage().text().contains("no " + i)) {
                    continue;
                }
            }
            assertCounts("websocket", line);
        }
    }

    private CountingProxy line() throws IOException {
        return new CountingProxy(new InetSocketAddress(base.getHost(), base.getPort()));
    }

    private void assertCounts(String way, CountingProxy line) throws IOException {
        String counts = ask("GET " + base.getPath() + "api/lab/counts?run=" + run, "", cookie);
        boolean exact = counts.contains("\"counted\":\"wire\"");
        assertThat(figure(counts, way, "bytesIn")).as(counts).isCloseTo(line.up(), tolerance(exact, line.up()));
        assertThat(figure(counts, way, "bytesOut")).as(counts).isCloseTo(line.down(), tolerance(exact, line.down()));
        assertThat(counts).contains("\"cpuNanos\":");
    }

    /** A container's own headers are guessed. */
    private static Offset<Long> tolerance(boolean exact, long bytes) {
        return within(exact ? 0 : Math.max(100, bytes / 10));
    }

    private static long figure(String counts, String way, String name) {
        Matcher found = Pattern.compile("\"" + way + "\":\\{[^}]*\"" + name + "\":([0-9]+)")
                .matcher(counts);
        assertThat(found.find()).as(counts).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Test
    void droppedStreamEndsAndTheNextOneIsWhole() throws IOException {
        try (HttpConnection stream = http()) {
            stream.send("GET " + room + "events?lab=" + run + ".sse", "", cookie);
            stream.readUntil("joined");
            assertThat(trouble("way=sse&kind=drop")).contains("\"connections\":1");
            assertThat(stream.readsEndOfBody()).isTrue();
        }
        try (HttpConnection next = http()) {
            next.send("GET " + room + "events?lab=" + run + ".sse", "", cookie);
            next.readUntil("joined");
            post("still here");
            next.readUntil("still here");
        }
    }

    @Test
    void droppedWebSocketEnds() throws IOException {
        try (RawWebSocket socket = webSocket()) {
            while (!socket.readMessage().text().contains("joined")) {
                continue;
            }
            trouble("way=websocket&kind=drop");
            var frame = socket.readFrame();
            while (frame.isPresent() && frame.get().opcode() != RawWebSocket.CLOSE) {
                frame = socket.readFrame();
            }
            assertThat(frame.map(RawWebSocket.Frame::closeCode)).isIn(Optional.empty(), Optional.of(1011));
        }
    }

    @Test
    void refusedHandshakeIsAnsweredWithAnError() throws IOException {
        trouble("way=websocket&kind=refuse&status=503");
        try (RawWebSocket refused = new RawWebSocket(base.getHost(), base.getPort())) {
            assertThat(refused.handshake(chat(), cookie).status()).isBetween(400, 599);
        }
        trouble("way=websocket&kind=none");
        webSocket().close();
    }

    @Test
    void halfOpenStreamIsDumb() throws IOException {
        try (HttpConnection stream = http();
                HttpConnection next = http()) {
            stream.send("GET " + room + "events?lab=" + run + ".sse", "", cookie);
            stream.readUntil("joined");
            trouble("way=sse&kind=halfopen&seconds=1");
            next.send("GET " + room + "events?lab=" + run + ".sse", "", cookie);
            next.readUntil("joined");
            post("unseen");
            next.readUntil("unseen");

            assertThat(stream.readsEndOfBody("unseen")).isTrue();
        }
    }
}
