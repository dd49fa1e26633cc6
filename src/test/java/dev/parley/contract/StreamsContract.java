package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that do not end. Runs with {@link #SETTINGS}. */
public abstract class StreamsContract extends HttpContract {

    /** Short times, and messages that fill a line fast. */
    protected static final List<String> SETTINGS = List.of(
            "heartbeat=1s", "linger=0s", "writeTimeout=500ms", "rate=0", "maxTextChars=65536", "maxFrame=256KiB");

    private HttpConnection stream(String path, String... headers) throws IOException {
        HttpConnection stream = http();
        stream.send("GET " + path, "", headers);
        return stream;
    }

    private HttpConnection.Answer post(String text) throws IOException {
        return http().ask("POST " + messages, text, TEXT);
    }

    @Test
    void streamBeginsWhereItsReaderStandsAndGoesOn() throws IOException {
        HttpConnection stream = stream(room + "/events", "Accept: text/event-stream");
        HttpConnection.Head head = stream.readHead();
        String retry = stream.readUntil("retry:");
        String id = stream.readUntil("id:");
        String joined = stream.readUntil("data:");
        post("one");
        String next = stream.readUntil("id:");
        String message = stream.readUntil("data:");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith("text/event-stream");
        assertThat(head.header("Cache-Control")).isEqualTo("no-store");
        assertThat(head.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(retry).isEqualTo("retry: 2000");
        assertThat(joined).contains("\"type\":\"joined\"", "\"cursor\":\"" + id.substring(4) + "\"");
        assertThat(message)
                .contains("\"type\":\"message\"", "\"text\":\"one\"", "\"cursor\":\"" + next.substring(4) + "\"");
    }

    @Test
    void readerThatComesBackGetsWhatItMissed() throws IOException {
        String before = cursor(post("one"));
        post("two");

        HttpConnection stream = stream(room + "/events?after=x:0", "Last-Event-ID: " + before);

        assertThat(stream.readUntil("\"type\":\"message\"")).contains("\"text\":\"two\"");
    }

    @Test
    void severalRoomsShareAStreamAndAnId() throws IOException {
        String one = room.replace("api/rooms/", "");
        String other = one + "%E5%90%8C";
        HttpConnection stream = stream("api/events?room=" + one + "&room=" + other);
        String start = stream.readUntil(other + "=");
        HttpConnection sender = http();
        sender.ask("POST api/rooms/" + other + "/messages", "one", TEXT);
        String message = stream.readUntil("\"type\":\"message\"");
        String id = stream.readUntil("id: ").substring(4);
        sender.ask("POST " + messages, "two", TEXT);
        HttpConnection again = stream("api/events?room=" + one + "&room=" + other, "Last-Event-ID: " + id);

        assertThat(start).startsWith("id: " + one + "=");
        assertThat(message).contains("同\"", "\"text\":\"one\"");
        assertThat(again.readUntil("\"type\":\"message\"")).contains("\"text\":\"two\"");
    }

    @Test
    void silentStreamHasAHeartbeat() throws IOException {
        HttpConnection stream = stream(room + "/events");
        stream.readHead();
        for (int i = 0; i < 3; i++) {
            while (!stream.readUntil(":").equals(":")) {
                continue;
            }
        }
    }

    @Test
    void readerThatHangsUpIsNoticed() throws IOException {
        HttpConnection watcher = stream(room + "/events");
        watcher.readUntil("joined");
        HttpConnection stream = stream(room + "/events");
        stream.readUntil("joined");
        watcher.readUntil("\"count\":2");

        stream.close();

        assertThat(watcher.readUntil("\"count\":1")).contains("\"left\":[{");
    }

    @Test
    void readersThatHangUpHarmNobodyElse() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (HttpConnection stream = new HttpConnection(base(), 0)) {
                stream.send("GET " + room + "/events", "");
                stream.readUntil("joined");
            }
        }
    }

    @Test
    void readerThatDoesNotReadIsCut() throws IOException {
        HttpConnection slow = http(4096);
        slow.send("GET " + room + "/events", "");
        slow.readUntil("joined");
        HttpConnection watcher = stream(room + "/events");
        watcher.readUntil("joined");
        CompletableFuture<Void> told = CompletableFuture.runAsync(() -> readUntilSomebodyLeft(watcher));
        for (int i = 0; i < 200; i++) {
            post("x".repeat(65_000));
        }

        told.join();
        assertThat(slow.readsEnd()).isTrue();
    }

    private static void readUntilSomebodyLeft(HttpConnection watcher) {
        try {
            watcher.readUntil("\"left\":[{");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void frameIsADocumentOfScriptsThatItsPolicyAllows() throws IOException {
        HttpConnection frame = stream(room + "/frame?callback=parent.chat.update");
        HttpConnection.Head head = frame.readHead();
        String policy = head.header("Content-Security-Policy");
        String nonce = policy.replaceAll(".*'nonce-([^']*)'.*", "$1");
        frame.readUntil("joined");
        post("</script>&\u2028");
        String message = frame.readUntil("\"type\":\"message\"");

        assertThat(head.header("Content-Type").replace(" ", "")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(message)
                .startsWith("<script nonce=\"" + nonce + "\">parent.chat.update({")
                .contains("\\u003C/script\\u003E\\u0026\\u2028")
                .endsWith("})</script>");
        assertThat(policy).contains("default-src 'none'", "frame-ancestors 'self'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alert(1)",
                "a;b",
                "a b",
                "a.b.c.d.e.f",
                "a..b",
                ".a",
                "a.",
                "1a",
                "a[0]",
                "a`b`",
                "</script><script>alert(1)//",
                "a\r\nb",
                "é"
            })
    void callbackThatIsNoPathOfNamesIsRefused(String callback) throws IOException {
        String encoded = URLEncoder.encode(callback, StandardCharsets.UTF_8);

        var answer = http().ask("GET " + room + "/frame?callback=" + encoded, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains("\"code\":\"bad_message\"", "callback: ");
    }

    @Test
    void olderClientGetsNoChunks() throws IOException {
        HttpConnection stream = http();
        stream.sendAsOfOld("GET " + room + "/events");

        assertThat(stream.readHead().headers()).doesNotContainKey("transfer-encoding");
        stream.readUntil("joined");
        post("one");
        assertThat(stream.readUntil("\"type\":\"message\"")).contains("\"text\":\"one\"");
    }
}
