package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending and reading over HTTP, on the whole server. */
final class HttpMessagesTest {

    private static final String MESSAGES = "/api/rooms/lobby/messages";
    private static final String JSON = "Content-Type: application/json";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @TempDir
    private Path root;

    private RunningServer server;
    private HttpConnection client;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(root, Map.of("burst", "5", "rate", "1"));
        client = server.http();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void sentMessageIsReadWhereTheAnswerPoints() throws IOException {
        var sent = client.ask("POST " + MESSAGES, "{\"text\":\"你好\",\"key\":\"k1\"}", JSON);
        var read = client.ask("GET /api/rooms/lobby/" + sent.header("Location"), "");

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.text()).contains("\"seq\":1", "\"key\":\"k1\"", "\"stored\":\"disk\"", "\"duplicate\":false");
        assertThat(read.text()).contains("\"text\":\"你好\"", "\"seq\":1", "\"cursor\":");
    }

    @Test
    void sendingAgainUnderTheSameKeyDoublesNothing() throws IOException {
        String cookie = cookie();
        client.ask("POST " + MESSAGES, "text=once", FORM, cookie, "Idempotency-Key: \"k1\"");

        var again = client.ask("POST " + MESSAGES, "text=once&key=k1", FORM, cookie);
        var other = client.ask("POST " + MESSAGES, "text=twice", FORM, cookie, "Idempotency-Key: k1");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).contains("\"seq\":1", "\"duplicate\":true");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(other.text()).contains("\"code\":\"key_reused\"", "\"status\":409");
    }

    @Test
    void everythingIsToBeHadInXml() throws IOException {
        String accept = "Accept: text/html, application/xml;q=0.9, */*;q=0.1";
        var sent = client.ask(
                "POST " + MESSAGES,
                "<message key='k1'><text>a &lt; b</text></message>",
                "Content-Type: application/xml",
                accept);
        var read = client.ask("GET " + MESSAGES, "", accept);
        var refused = client.ask("GET /api/rooms/lobby/nothing", "", accept);

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.text()).startsWith("<sent><seq>1</seq><key>k1</key>");
        assertThat(read.header("Content-Type")).isEqualTo("application/xml");
        assertThat(read.text())
                .startsWith("<listing><messages><message><room>lobby</room>")
                .contains("a &lt; b");
        assertThat(refused.status()).isEqualTo(404);
    }

    @Test
    void plainTextIsTheTextItself() throws IOException {
        client.ask("POST " + MESSAGES, "a=b&c {\"", "Content-Type: text/plain; charset=UTF-8");

        assertThat(client.ask("GET " + MESSAGES, "").text()).contains("\"text\":\"a=b&c {\\\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/rooms/lobby/messages, application/json, {, 400, bad_message",
        "POST, /api/rooms/lobby/messages, application/json, {}, 400, bad_message",
        "POST, /api/rooms/lobby/messages, application/json, '[{\"text\":\"a\"},{\"text\":\"b\"}]', 400, bad_message",
        "POST, /api/rooms/lobby/messages, application/x-www-form-urlencoded, key=a, 400, bad_message",
        "POST, /api/rooms/lobby/messages, application/octet-stream, a, 415, unsupported_type",
        "POST, /api/rooms/lobby/messages, text/plain;charset=latin1, a, 415, unsupported_type",
        "POST, /api/rooms/a%20b/messages, text/plain, a, 400, bad_room",
        "GET, /api/rooms/lobby/messages?before=x, text/plain, '', 400, bad_cursor",
        "GET, /api/rooms/lobby/messages?limit=201, text/plain, '', 400, bad_message",
        "GET, /api/rooms/lobby/messages?wait=61, text/plain, '', 400, bad_message",
        "GET, /api/rooms/lobby/messages?after=a:1&before=a:1, text/plain, '', 400, bad_message",
        "GET, /api/rooms/lobby/nothing, text/plain, '', 404, not_found",
        "GET, /api/rooms/lobby, text/plain, '', 404, not_found",
        "DELETE, /api/rooms/lobby/messages, text/plain, '', 405, method_not_allowed",
        "GET, /api/rooms/lobby/typing, text/plain, '', 405, method_not_allowed",
        "GET, /api/events, text/plain, '', 400, bad_message",
        "GET, /api/rooms/lobby/frame?callback=alert(1), text/plain, '', 400, bad_message",
    })
    void wrongRequestIsAProblem(String method, String path, String type, String body, int status, String code)
            throws IOException {
        var answer = client.ask(method + " " + path, body, "Content-Type: " + type);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"", "\"retry\":false");
    }

    @Test
    void whatIsTooLargeIsToldItsSizeAndTheLimit() throws IOException {
        var text = client.ask("POST " + MESSAGES, "x".repeat(4001), "Content-Type: text/plain");
        client.close();
        client = server.http();
        var body = client.ask("POST " + MESSAGES, "x".repeat(64 * 1024 + 1), "Content-Type: text/plain");

        assertThat(text.status()).isEqualTo(413);
        assertThat(text.text()).contains("4001 characters, at most 4000");
        assertThat(body.status()).isEqualTo(413);
        assertThat(body.text()).contains("65537 bytes or more, at most 65536");
    }

    @Test
    void whoSendsTooFastIsToldWhenToTryAgain() throws IOException {
        String cookie = cookie();
        for (int i = 0; i < 5; i++) {
            client.ask("POST " + MESSAGES, "text=" + i, FORM, cookie);
        }

        var refused = client.ask("POST " + MESSAGES, "text=6", FORM, cookie);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.text()).contains("\"code\":\"rate\"", "\"retry\":true");
    }

    @Test
    void pageOfAnotherOriginIsForbidden() throws IOException {
        assertThat(client.ask("GET " + MESSAGES, "", "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(client.ask("POST " + MESSAGES, "text=a", FORM, "Origin: null")
                        .status())
                .isEqualTo(403);
        assertThat(client.ask("GET " + MESSAGES, "", "Origin: http://localhost:" + server.port())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void historyIsPagedBackwards() throws IOException {
        for (int i = 1; i <= 4; i++) {
            client.ask("POST " + MESSAGES, "text=m" + i, FORM);
        }
        String newest = client.ask("GET " + MESSAGES + "?limit=2", "").text();
        String cursor = newest.replaceAll("(?s).*?\"cursor\":\"([^\"]*)\".*", "$1");

        String older = client.ask("GET " + MESSAGES + "?before=" + cursor, "").text();

        assertThat(newest).contains("m3", "m4", "\"more\":true").doesNotContain("m2");
        assertThat(older).contains("m1", "m2", "\"more\":false").doesNotContain("m3");
    }

    @Test
    void unchangedPageIsNotSentAgain() throws IOException {
        client.ask("POST " + MESSAGES, "text=m1", FORM);
        String etag = client.ask("GET " + MESSAGES, "").header("ETag");

        var again = client.ask("GET " + MESSAGES, "", "If-None-Match: " + etag);
        client.ask("POST " + MESSAGES, "text=m2", FORM);
        var changed = client.ask("GET " + MESSAGES, "", "If-None-Match: " + etag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(changed.status()).isEqualTo(200);
    }

    @Test
    void historyIsCompressedForWhoWantsIt() throws IOException {
        client.ask("POST " + MESSAGES, "text=" + "a".repeat(2000), FORM);

        var packed = client.ask("GET " + MESSAGES, "", "Accept-Encoding: gzip");
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();

        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Vary")).contains("Accept-Encoding");
        assertThat(new String(unpacked, StandardCharsets.UTF_8)).contains("aaaa");
        assertThat(packed.body().length).isLessThan(1000);
    }

    @Test
    void headHasNoBodyAndOptionsTellWhatIsAllowed() throws IOException {
        var head = client.ask("HEAD " + MESSAGES, "");
        var options = client.ask("OPTIONS " + MESSAGES, "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
        assertThat(client.ask("HEAD /api/rooms/lobby/events", "").status()).isEqualTo(200);
    }

    @Test
    void guestIsTheSameOnEveryPath() throws IOException {
        String cookie = cookie();
        String me = client.ask("POST /api/me", "{\"name\":\"李雷\"}", cookie).text();
        String renamed = client.ask("POST /api/me", "{\"name\":\"李雷\"}", cookie).header("Set-Cookie");

        client.ask("POST " + MESSAGES, "text=hi", FORM, "Cookie: " + renamed.replaceAll(";.*", ""));

        String id = me.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
        assertThat(client.ask("GET " + MESSAGES, "", cookie).text())
                .contains("\"from\":{\"id\":\"" + id + "\",\"name\":\"李雷\"}");
        assertThat(client.ask("GET " + MESSAGES, "", cookie).header("Set-Cookie"))
                .isEmpty();
    }

    private String cookie() throws IOException {
        return "Cookie: " + client.ask("GET /api/me", "").header("Set-Cookie").replaceAll(";.*", "");
    }
}
