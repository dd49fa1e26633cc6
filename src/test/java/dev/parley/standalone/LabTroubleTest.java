package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trouble that a guest makes for the connections of a run, on the whole server. */
@Timeout(60)
final class LabTroubleTest {

    private static final String RUN = "run00000";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String JSON = "Sec-WebSocket-Protocol: parley.v1.json";

    @TempDir
    private Path root;

    private RunningServer server;
    private HttpConnection http;
    private String cookie;

    @BeforeEach
    void start() throws IOException {
        start(Map.of());
    }

    private void start(Map<String, String> options) throws IOException {
        server = new RunningServer(root, options);
        http = server.http();
        cookie = newCookie();
    }

    private String newCookie() throws IOException {
        return "Cookie: " + http.ask("GET /api/me", "").header("Set-Cookie").split(";")[0];
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    private HttpConnection.Answer trouble(String form, String... headers) throws IOException {
        // Grizzly ends a connection after some statuses.
        try (HttpConnection once = server.http()) {
            return once.ask("POST /api/lab/trouble", "run=" + RUN + "&" + form, headers.length == 0 ? mine() : headers);
        }
    }

    private String[] mine() {
        return new String[] {cookie, FORM};
    }

    private HttpConnection stream(String tag) throws IOException {
        HttpConnection stream = server.http();
        stream.send("GET /api/rooms/r/events?x=1" + tag, "", cookie);
        stream.readUntil("joined");
        return stream;
    }

    private RawWebSocket webSocket(String tag, String... more) throws IOException {
        String[] headers = more.length == 0 ? new String[] {cookie, JSON} : more;
        RawWebSocket socket = server.open("/chat/r?x=1" + tag, headers);
        readUntil(socket, "joined");
        return socket;
    }

    private static String readUntil(RawWebSocket socket, String text) throws IOException {
        String message = socket.readMessage().text();
        while (!message.contains(text)) {
            message = socket.readMessage().text();
        }
        return message;
    }

    private void post(String text) throws IOException {
        http.ask("POST /api/rooms/r/messages", text, cookie, "Content-Type: text/plain");
    }

    private static List<Integer> framesUntilTheEnd(RawWebSocket socket) throws IOException {
        List<Integer> opcodes = new ArrayList<>();
        for (var frame = socket.readFrame(); frame.isPresent(); frame = socket.readFrame()) {
            opcodes.add(frame.get().opcode());
            if (frame.get().opcode() == RawWebSocket.CLOSE) {
                socket.sendClose(frame.get().closeCode(), "");
            }
        }
        return opcodes;
    }

    @Test
    void droppedStreamEndsWithoutItsLastChunkAndOthersGoOn() throws IOException {
        try (HttpConnection dropped = stream("&lab=" + RUN + ".sse");
                HttpConnection other = stream("");
                HttpConnection longpoll = stream("&lab=" + RUN + ".longpoll");
                RawWebSocket socket = webSocket("")) {
            String effect = trouble("way=sse&kind=drop").text();

            assertThat(effect).contains("\"connections\":1", "\"abruptly\":true");
            assertThat(dropped.readsEnd()).isTrue();
            post("still here");
            other.readUntil("still here");
            longpoll.readUntil("still here");
            readUntil(socket, "still here");
        }
    }

    @Test
    void droppedWebSocketGetsNoCloseFrame() throws IOException {
        try (RawWebSocket socket = webSocket("&lab=" + RUN + ".websocket");
                RawWebSocket other = webSocket("")) {
            trouble("way=websocket&kind=drop");

            assertThat(framesUntilTheEnd(socket)).doesNotContain(RawWebSocket.CLOSE);
            post("still here");
            readUntil(other, "still here");
        }
    }

    @Test
    void whereNothingIsOpenTheNextRequestIsDropped() throws IOException {
        trouble("way=poll&kind=drop");
        try (HttpConnection poll = server.http()) {
            poll.send("GET /api/rooms/r/messages?wait=0&lab=" + RUN + ".poll", "", cookie);
            assertThat(poll.readsEnd()).isTrue();
        }
        try (HttpConnection poll = server.http()) {
            assertThat(poll.ask("GET /api/rooms/r/messages?wait=0&lab=" + RUN + ".poll", "", cookie)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void handshakesOfTheRunAreRefusedAndNoOthers() throws IOException {
        trouble("way=websocket&kind=refuse&status=503");
        try (RawWebSocket refused = server.connect();
                RawWebSocket other = server.connect()) {
            assertThat(refused.handshake("/chat?lab=" + RUN + ".websocket", cookie, JSON)
                            .status())
                    .isEqualTo(503);
            assertThat(other.handshake("/chat", cookie, JSON).status()).isEqualTo(101);
        }
        trouble("way=websocket&kind=none");
        webSocket("&lab=" + RUN + ".websocket").close();
    }

    @Test
    void halfOpenWebSocketIsDeafAndDumbUntilItIsCut() throws IOException {
        try (RawWebSocket socket = webSocket("&lab=" + RUN + ".websocket");
                RawWebSocket next = webSocket("")) {
            trouble("way=websocket&kind=halfopen&seconds=1");
            socket.sendText("{\"type\":\"send\",\"room\":\"r\",\"text\":\"unheard\"}");
            post("unseen");

            List<Integer> seen = framesUntilTheEnd(socket);
            assertThat(seen.get(seen.size() - 1)).isEqualTo(RawWebSocket.CLOSE);
            assertThat(readUntil(next, "\"seq\":1,")).contains("unseen");
        }
    }

    @Test
    void heldBackMessagesComeInOrderWhenTheBufferIsFull() throws IOException {
        try (HttpConnection stream = stream("&lab=" + RUN + ".sse")) {
            trouble("way=sse&kind=buffer&kib=1&seconds=60");
            for (int i = 0; i < 8; i++) {
                post(i + "#".repeat(200));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(stream.readUntil("\"type\":\"message\"")).contains("\"" + i + "#");
            }
        }
    }

    @Test
    void nobodyTroublesTheRunOfAnother() throws IOException {
        try (HttpConnection stream = stream("&lab=" + RUN + ".sse")) {
            String stranger = newCookie();

            assertThat(trouble("way=sse&kind=drop", stranger, FORM).status()).isEqualTo(404);
            assertThat(trouble("way=sse&kind=drop", FORM).status()).isEqualTo(403);
            assertThat(trouble("way=sse&kind=drop", cookie, FORM, "Origin: http://elsewhere.example")
                            .status())
                    .isEqualTo(403);
            post("still here");
            stream.readUntil("still here");
        }
    }

    @Test
    void requestOfAnotherWithTheTagIsNotTroubled() throws IOException {
        trouble("way=sse&kind=buffer&kib=64");
        cookie = newCookie();
        try (HttpConnection stream = stream("&lab=" + RUN + ".sse")) {
            post("not held");
            stream.readUntil("not held");
        }
    }

    @Test
    void badTroubleIsRefusedWithTheValueAndTheLimit() throws IOException {
        assertThat(trouble("way=sse&kind=delay&millis=99999").text())
                .contains("millis: '99999', not a number from 1 to 3000");
        assertThat(trouble("way=sse&kind=drop&seconds=61").text()).contains("seconds: '61', not a number from 1 to 60");
        assertThat(trouble("way=sse&kind=" + URLEncoder.encode("<b>", StandardCharsets.UTF_8))
                        .text())
                .contains("kind: '<b>'");
        assertThat(trouble("way=smtp&kind=drop").status()).isEqualTo(400);
    }

    @Test
    void troubleIsForThisMachineAloneByDefault() throws IOException {
        assertThat(trouble("way=sse&kind=drop", cookie, FORM, "X-Forwarded-For: 192.0.2.1")
                        .text())
                .contains("labTrouble is local here");
        assertThat(trouble("way=sse&kind=drop").status()).isEqualTo(200);
    }

    @Test
    void troubleCanBeTurnedOff() throws IOException {
        stop();
        start(Map.of("labTrouble", "none"));

        assertThat(trouble("way=sse&kind=drop").status()).isEqualTo(403);
        assertThat(http.ask("GET /api/lab/counts?run=" + RUN, "", cookie).text())
                .contains("\"trouble\":false", "\"counted\":\"wire\"", "\"cpuNanos\":");
    }

    @Test
    void troubleIsLimitedInItsRate() throws IOException {
        int status = 200;
        for (int i = 0; i < 40 && status == 200; i++) {
            status = trouble("way=sse&kind=none").status();
        }
        assertThat(status).isEqualTo(429);
    }
}
