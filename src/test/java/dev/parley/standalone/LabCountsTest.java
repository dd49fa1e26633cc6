package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.Guests;
import dev.parley.lab.Figures;
import dev.parley.lab.Run;
import dev.parley.lab.WayName;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.testing.CountingProxy;
import dev.parley.testing.HttpConnection;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the lab counts is what a line between client and server carries, byte for byte. */
@Timeout(60)
final class LabCountsTest {

    private static final String RUN = "run00000";
    private static final int MESSAGES = 20;

    private RunningServer server;
    private HttpConnection sender;
    private String cookie;
    private String cursor;

    @BeforeEach
    void start(@TempDir Path root) throws IOException {
        server = new RunningServer(root, Map.of("rate", "0"));
        sender = server.http();
        cookie = sender.ask("GET /api/me", "").header("Set-Cookie").split(";")[0];
        cursor = cursorIn(sender.ask("GET /api/rooms/r/messages?limit=1", "").text());
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(WayName.class)
    void bytesOfEveryWayAreThoseOnTheLine(WayName way) throws IOException {
        try (CountingProxy line = new CountingProxy(new InetSocketAddress(RunningServer.HOST, server.port()))) {
            switch (way) {
                case POLL -> poll(line.port(), tag(way), 0);
                case LONG_POLL -> poll(line.port(), tag(way), 25);
                case SSE -> stream(line.port(), "events?after=" + cursor + "&" + tag(way));
                case IFRAME -> stream(line.port(), "frame?callback=f&after=" + cursor + "&" + tag(way));
                case WEB_SOCKET -> webSocket(line.port(), tag(way));
            }

            await(() -> figures(way).bytesIn() == line.up() && figures(way).bytesOut() == line.down(), way, line);
            assertThat(line.up()).isPositive();
            assertThat(figures(way).opened()).isEqualTo(1);
            await(() -> figures(way).connections() == 0 && figures(way).underWay() == 0, way, line);
        }
    }

    @Test
    void ofAConnectionThatIsSharedEachRequestHasItsOwnBytes() throws IOException {
        try (CountingProxy line = new CountingProxy(new InetSocketAddress(RunningServer.HOST, server.port()));
                HttpConnection client = new HttpConnection(RunningServer.HOST, line.port(), 0)) {
            String path = "GET /api/rooms/r/messages?after=" + cursor + "&wait=0";
            client.ask(path + "&" + tag(WayName.POLL), "", cookie());
            await(() -> figures(WayName.POLL).bytesOut() == line.down(), WayName.POLL, line);
            Figures first = figures(WayName.POLL);
            client.ask("GET /echo?" + "a".repeat(700), "");
            client.ask("GET /echo?" + tag(WayName.SSE), "");
            client.ask(path + "&" + tag(WayName.POLL), "", cookie());

            Figures twice = new Figures(2, 0, 1, 1, 2 * first.bytesIn(), 2 * first.bytesOut());
            await(() -> figures(WayName.POLL).equals(twice), WayName.POLL, line);
            assertThat(figures(WayName.SSE)).isEqualTo(new Figures(0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void whatIsWrittenToASlowReaderIsCountedAsItGoesOut() throws IOException {
        String text = "😀".repeat(4000);
        try (CountingProxy line = new CountingProxy(new InetSocketAddress(RunningServer.HOST, server.port()));
                HttpConnection slow = new HttpConnection(RunningServer.HOST, line.port(), 4096)) {
            slow.send("GET /api/rooms/r/events?after=" + cursor + "&" + tag(WayName.SSE), "", cookie());
            for (int i = 0; i < 200; i++) {
                post(text);
            }
            post("the end");
            slow.readUntil("\"the end\"");

            await(() -> figures(WayName.SSE).bytesOut() == line.down(), WayName.SSE, line);
        }
    }

    private void poll(int port, String tag, int wait) throws IOException {
        String from = cursor;
        try (HttpConnection client = new HttpConnection(RunningServer.HOST, port, 0)) {
            for (int i = 0; i < MESSAGES; i++) {
                String path = "GET /api/rooms/r/messages?after=" + from + "&wait=" + wait + "&" + tag;
                client.send(path, "", cookie());
                post("no " + i);
                from = cursorIn(client.readAnswer(false).text());
            }
        }
    }

    private void stream(int port, String path) throws IOException {
        try (HttpConnection client = new HttpConnection(RunningServer.HOST, port, 0)) {
            client.send("GET /api/rooms/r/" + path, "", cookie());
            for (int i = 0; i < MESSAGES; i++) {
                post("no " + i);
                client.readUntil("\"no " + i + "\"");
            }
        }
    }

    private void webSocket(int port, String tag) throws IOException {
        String[] headers = {cookie(), "Sec-WebSocket-Protocol: parley.v1.json"};
        try (RawWebSocket client = RawWebSocket.open(RunningServer.HOST, port, "/chat?" + tag, headers)) {
            client.sendText("{\"type\":\"hello\",\"frames\":\"binary\",\"rooms\":[{\"room\":\"r\",\"after\":\"" + cursor
                    + "\"}]}");
            for (int i = 0; i < MESSAGES; i++) {
                post("no " + i);
                while (!client.readMessage().text().contains("\"no " + i + "\"")) {
                    continue;
                }
                client.sendText("{\"type\":\"ping\"}");
            }
            client.sendFrame(true, RawWebSocket.PING, new byte[5]);
            client.sendClose(1000, "");
            client.readClose();
            assertThat(client.readFrame()).isEmpty();
        }
    }

    private void post(String text) throws IOException {
        assertThat(sender.ask("POST /api/rooms/r/messages", text, "Content-Type: text/plain", cookie())
                        .status())
                .isEqualTo(201);
    }

    private String cookie() {
        return "Cookie: " + cookie;
    }

    private static String tag(WayName way) {
        return "lab=" + RUN + "." + way.wire();
    }

    private Figures figures(WayName way) {
        String id = cookie.substring(Guests.COOKIE.length() + 1).split("\\.")[0];
        Run run = server.lab()
                .run(RUN, new Person(id, PersonName.parse("me", 32)))
                .orElseThrow();
        return run.figures(way);
    }

    private static String cursorIn(String listing) {
        return listing.replaceFirst(".*\"cursor\":\"([^\"]+)\"[^{]*$", "$1");
    }

    /** The server counts what it has written when the client may have read it already. */
    private void await(BooleanSupplier equal, WayName way, CountingProxy line) {
        long until = System.nanoTime() + 10_000_000_000L;
        while (!equal.getAsBoolean() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(equal.getAsBoolean())
                .as(() -> figures(way) + ", the line " + line.up() + " " + line.down())
                .isTrue();
    }
}
