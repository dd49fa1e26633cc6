package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams, on the whole server. */
@Timeout(60)
final class HttpStreamsTest {

    private static final String ROOM = "/api/rooms/lobby";
    private static final String TEXT = "Content-Type: text/plain";

    @TempDir
    private Path root;

    @Test
    void streamBeginsWhereItsReaderStandsAndGoesOn() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection stream = server.http();
                HttpConnection sender = server.http()) {
            stream.send("GET " + ROOM + "/events", "", "Accept: text/event-stream");
            HttpConnection.Head head = stream.readHead();
            String retry = stream.readUntil("retry:");
            String id = stream.readUntil("id:");
            String joined = stream.readUntil("data:");
            sender.ask("POST " + ROOM + "/messages", "one", TEXT);
            String message = stream.readUntil("\"type\":\"message\"");

            assertThat(head.header("Content-Type")).startsWith("text/event-stream");
            assertThat(head.header("Cache-Control")).isEqualTo("no-store");
            assertThat(head.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(retry).isEqualTo("retry: 2000");
            assertThat(joined).contains("\"type\":\"joined\"", "\"cursor\":\"" + id.substring(4) + "\"");
            assertThat(message).contains("\"text\":\"one\"");
        }
    }

    @Test
    void readerThatComesBackGetsWhatItMissed() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection sender = server.http();
                HttpConnection stream = server.http()) {
            String before = sender.ask("POST " + ROOM + "/messages", "one", TEXT)
                    .text()
                    .replaceAll(".*\"cursor\":\"([^\"]*)\".*", "$1");
            sender.ask("POST " + ROOM + "/messages", "two", TEXT);

            stream.send("GET " + ROOM + "/events?after=x:0", "", "Last-Event-ID: " + before);

            assertThat(stream.readUntil("\"type\":\"message\"")).contains("\"text\":\"two\"");
        }
    }

    @Test
    void severalRoomsShareAStreamAndAnId() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection stream = server.http();
                HttpConnection again = server.http();
                HttpConnection sender = server.http()) {
            stream.send("GET /api/events?room=a&room=%E5%90%8C", "");
            String start = stream.readUntil("id: a=").contains("%E5%90%8C=") ? "" : stream.readUntil("%E5%90%8C=");
            sender.ask("POST /api/rooms/%E5%90%8C/messages", "one", TEXT);
            String message = stream.readUntil("\"type\":\"message\"");
            String id = stream.readUntil("id: ").substring(4);
            sender.ask("POST /api/rooms/a/messages", "two", TEXT);
            again.send("GET /api/events?room=a&room=%E5%90%8C", "", "Last-Event-ID: " + id);

            assertThat(start).doesNotContain("data");
            assertThat(message).contains("\"room\":\"同\"");
            assertThat(again.readUntil("\"type\":\"message\"")).contains("\"text\":\"two\"");
        }
    }

    @Test
    void silentStreamHasAHeartbeat() throws IOException {
        try (RunningServer server = new RunningServer(root, Map.of("heartbeat", "1s"));
                HttpConnection stream = server.http()) {
            stream.send("GET " + ROOM + "/events", "");
            stream.readHead();
            for (int i = 0; i < 3; i++) {
                String comment = stream.readUntil(":");
                while (!comment.equals(":")) {
                    comment = stream.readUntil(":");
                }
            }
        }
    }

    @Test
    void readerThatHangsUpIsNoticedWithoutAWrite() throws IOException {
        try (RunningServer server = new RunningServer(root, Map.of("linger", "0s"));
                HttpConnection watcher = server.http();
                HttpConnection stream = server.http()) {
            watcher.send("GET " + ROOM + "/events", "");
            watcher.readUntil("joined");
            stream.send("GET " + ROOM + "/events", "");
            stream.readUntil("joined");
            watcher.readUntil("\"count\":2");

            stream.close();

            assertThat(watcher.readUntil("\"count\":1")).contains("\"left\":[{");
        }
    }

    @Test
    void readerThatDoesNotReadIsCut() throws IOException {
        Map<String, String> options = Map.of(
                "writeTimeout", "500ms", "maxTextChars", "65536", "maxFrame", "256KiB", "rate", "0", "linger", "0s");
        try (RunningServer server = new RunningServer(root, options);
                HttpConnection watcher = server.http();
                HttpConnection slow = new HttpConnection(RunningServer.HOST, server.port(), 4096);
                HttpConnection sender = server.http()) {
            slow.send("GET " + ROOM + "/events", "");
            slow.readUntil("joined");
            watcher.send("GET " + ROOM + "/events", "");
            watcher.readUntil("joined");
            CompletableFuture<Void> told = CompletableFuture.runAsync(() -> readUntilSomebodyLeft(watcher));
            for (int i = 0; i < 200; i++) {
                sender.ask("POST " + ROOM + "/messages", "x".repeat(65_000), TEXT);
            }

            told.join();
            assertThat(slow.readsEnd()).isTrue();
        }
    }

    private static void readUntilSomebodyLeft(HttpConnection watcher) {
        try {
            watcher.readUntil("\"left\":[{");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void streamsEndWithByeWhenTheServerStops() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection stream = server.http()) {
            stream.send("GET " + ROOM + "/events", "");
            stream.readUntil("joined");
            new Thread(server::close).start();

            assertThat(stream.readUntil("\"type\":\"bye\"")).contains("\"code\":1001");
            assertThat(stream.readsEnd()).isTrue();
        }
    }

    @Test
    void frameIsADocumentOfScriptsThatItsPolicyAllows() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection frame = server.http();
                HttpConnection sender = server.http()) {
            frame.send("GET " + ROOM + "/frame?callback=parent.chat.update", "");
            HttpConnection.Head head = frame.readHead();
            String nonce = head.header("Content-Security-Policy").replaceAll(".*'nonce-([^']*)'.*", "$1");
            frame.readUntil("joined");
            sender.ask("POST " + ROOM + "/messages", "</script>&\u2028", TEXT);
            String message = frame.readUntil("\"type\":\"message\"");

            assertThat(message)
                    .startsWith("<script nonce=\"" + nonce + "\">parent.chat.update({")
                    .contains("\\u003C/script\\u003E\\u0026\\u2028")
                    .endsWith("})</script>");
            assertThat(head.header("Content-Security-Policy")).contains("frame-ancestors 'self'");
        }
    }

    @Test
    void olderClientGetsNoChunks() throws IOException {
        try (RunningServer server = new RunningServer(root);
                HttpConnection stream = server.http()) {
            stream.sendRaw("GET " + ROOM + "/events HTTP/1.0\r\nHost: localhost\r\n\r\n");

            assertThat(stream.readHead().headers()).doesNotContainKey("transfer-encoding");
            stream.readUntil("joined");
        }
    }
}
