package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending and reading. Runs with {@link #SETTINGS}. */
public abstract class MessagesContract extends HttpContract {

    /** Few messages at once, so that the rate can be exceeded. */
    protected static final List<String> SETTINGS = List.of("burst=5", "rate=1");

    private static final int MOST_TRIES = 200;

    private Optional<HttpConnection> connected = Optional.empty();

    /** The one connection of a test, as a rule. */
    private HttpConnection client() throws IOException {
        HttpConnection client = connected.isPresent() ? connected.get() : http();
        connected = Optional.of(client);
        return client;
    }

    private HttpConnection.Answer read(String query, String... headers) throws IOException {
        return client().ask("GET " + messages + query, "", headers);
    }

    private HttpConnection.Answer post(String body, String... headers) throws IOException {
        return client().ask("POST " + messages, body, headers);
    }

    private static List<String> texts(HttpConnection.Answer page) {
        try (var reader = Json.createReader(new StringReader(page.text()))) {
            return reader.readObject().getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                    .map(message -> message.getString("text"))
                    .toList();
        }
    }

    @Test
    void sentMessageIsReadWhereTheAnswerPoints() throws IOException {
        var sent = post("{\"text\":\"你好\",\"key\":\"k1\"}", JSON);
        var read = client().ask("GET " + room + "/" + sent.header("Location"), "");

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.text()).contains("\"seq\":1", "\"key\":\"k1\"", "\"stored\":\"disk\"", "\"duplicate\":false");
        assertThat(read.text()).contains("\"text\":\"你好\"", "\"seq\":1", "\"cursor\":");
    }

    @Test
    void sendingAgainUnderTheSameKeyDoublesNothing() throws IOException {
        String cookie = cookie();
        post("text=once", FORM, cookie, "Idempotency-Key: \"k1\"");

        var again = post("text=once&key=k1", FORM, cookie);
        var other = post("text=twice", FORM, cookie, "Idempotency-Key: k1");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).contains("\"seq\":1", "\"duplicate\":true");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(other.text()).contains("\"code\":\"key_reused\"", "\"status\":409");
    }

    @Test
    void everythingIsToBeHadInXml() throws IOException {
        String accept = "Accept: text/html, application/xml;q=0.9, */*;q=0.1";
        String body = "<message key='k1'><text>a &lt; b</text></message>";
        var sent = post(body, "Content-Type: application/xml", accept);
        var read = read("", accept);
        var members = client().ask("GET " + room + "/members", "", accept);
        var refused = client().ask("GET " + room + "/messages?limit=0", "", accept);

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.text()).startsWith("<sent><seq>1</seq><key>k1</key>");
        assertThat(read.header("Content-Type")).startsWith("application/xml");
        assertThat(read.text()).startsWith("<listing><messages><message><room>").contains("a &lt; b");
        assertThat(members.text()).startsWith("<roster><members></members><count>0</count>");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+xml");
        assertThat(refused.text()).startsWith("<problem>").contains("<code>bad_message</code>");
    }

    @Test
    void plainTextIsTheTextItself() throws IOException {
        post("a=b&c {\"", "Content-Type: text/plain; charset=UTF-8");

        assertThat(read("").text()).contains("\"text\":\"a=b&c {\\\"\"");
    }

    @Test
    void messageMayComeInChunks() throws IOException {
        byte[] text = "一二三".getBytes(StandardCharsets.UTF_8);
        List<byte[]> chunks = List.of(
                Arrays.copyOfRange(text, 0, 1),
                Arrays.copyOfRange(text, 1, 7),
                Arrays.copyOfRange(text, 7, text.length));
        client().sendInChunks("POST " + messages, chunks, TEXT);

        assertThat(client().readAnswer(false).status()).isEqualTo(201);
        assertThat(read("").text()).contains("\"text\":\"一二三\"");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, api/rooms/lobby/messages, application/json, {, 400, bad_message",
        "POST, api/rooms/lobby/messages, application/json, {}, 400, bad_message",
        "POST, api/rooms/lobby/messages, application/json, '[{\"text\":\"a\"},{\"text\":\"b\"}]', 400, bad_message",
        "POST, api/rooms/lobby/messages, application/x-www-form-urlencoded, key=a, 400, bad_message",
        "POST, api/rooms/lobby/messages, application/octet-stream, a, 415, unsupported_type",
        "POST, api/rooms/lobby/messages, text/plain;charset=latin1, a, 415, unsupported_type",
        "POST, api/rooms/a%20b/messages, text/plain, a, 400, bad_room",
        "GET, api/rooms/lobby/messages?before=x, text/plain, '', 400, bad_cursor",
        "GET, api/rooms/lobby/messages?limit=201, text/plain, '', 400, bad_message",
        "GET, api/rooms/lobby/messages?wait=61, text/plain, '', 400, bad_message",
        "GET, api/rooms/lobby/messages?after=a:1&before=a:1, text/plain, '', 400, bad_message",
        "GET, api/rooms/lobby/nothing, text/plain, '', 404, not_found",
        "GET, api/rooms/lobby, text/plain, '', 404, not_found",
        "DELETE, api/rooms/lobby/messages, text/plain, '', 405, method_not_allowed",
        "PATCH, api/rooms/lobby/messages, text/plain, a, 405, method_not_allowed",
        "GET, api/rooms/lobby/typing, text/plain, '', 405, method_not_allowed",
        "POST, api/rooms/lobby/events, text/plain, a, 405, method_not_allowed",
        "GET, api/events, text/plain, '', 400, bad_message",
    })
    void wrongRequestIsAProblem(String method, String path, String type, String body, int status, String code)
            throws IOException {
        var answer = client().ask(method + " " + path, body, "Content-Type: " + type);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"", "\"retry\":false");
        assertThat(answer.header("Allow").isEmpty()).isEqualTo(status != 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "image/png", "application/x-www-form-urlencoded"})
    void connectionGoesOnAfterARefusalUnlessToldOtherwise(String type) throws IOException {
        var refused = post("{", "Content-Type: " + type);
        boolean closes = refused.header("Connection").equalsIgnoreCase("close");

        assertThat(refused.status()).isIn(400, 415);
        if (closes) {
            assertThat(client().readsEnd()).isTrue();
        } else {
            assertThat(post("text=a", FORM).status()).isEqualTo(201);
        }
    }

    @Test
    void whatIsTooLargeIsToldItsSizeAndTheLimit() throws IOException {
        var text = post("x".repeat(4001), TEXT);
        var body = http().ask("POST " + messages, "x".repeat(64 * 1024 + 1), TEXT);

        assertThat(text.status()).isEqualTo(413);
        assertThat(text.text()).contains("4001 characters, at most 4000");
        assertThat(body.status()).isEqualTo(413);
        assertThat(body.text()).contains("65537 bytes or more, at most 65536");
    }

    @Test
    void whoSendsTooFastIsToldWhenToTryAgain() throws IOException {
        String cookie = cookie();
        var refused = post("text=0", FORM, cookie);
        for (int i = 0; i < MOST_TRIES && refused.status() == 201; i++) {
            refused = post("text=" + i, FORM, cookie);
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.text()).contains("\"code\":\"rate\"", "\"retry\":true");
    }

    @Test
    void pageOfAnotherOriginIsForbidden() throws IOException {
        assertThat(read("", "Origin: http://evil.example").status()).isEqualTo(403);
        assertThat(post("text=a", FORM, "Origin: null").status()).isEqualTo(403);
        assertThat(read("", "Origin: http://localhost:" + base().getPort()).status())
                .isEqualTo(200);
    }

    @Test
    void historyIsPagedBackwards() throws IOException {
        for (int i = 1; i <= 4; i++) {
            post("text=m" + i, FORM);
        }
        var newest = read("?limit=2");

        var older = read("?before=" + newest.text().replaceAll(".*?\"cursor\":\"([^\"]*)\".*", "$1"));

        assertThat(texts(newest)).containsExactly("m3", "m4");
        assertThat(newest.text()).contains("\"more\":true");
        assertThat(texts(older)).containsExactly("m1", "m2");
        assertThat(older.text()).contains("\"more\":false");
    }

    @Test
    void unchangedPageIsNotSentAgain() throws IOException {
        post("text=m1", FORM);
        String etag = read("").header("ETag");

        var again = read("", "If-None-Match: " + etag);
        post("text=m2", FORM);
        var changed = read("", "If-None-Match: " + etag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(etag);
        assertThat(changed.status()).isEqualTo(200);
    }

    @Test
    void historyIsCompressedForWhoWantsIt() throws IOException {
        post("text=" + "a".repeat(2000), FORM);

        var packed = read("", "Accept-Encoding: gzip");
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();

        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Vary")).contains("Accept-Encoding");
        assertThat(new String(unpacked, StandardCharsets.UTF_8)).contains("aaaa");
        assertThat(packed.body().length).isLessThan(1000);
        assertThat(read("").header("Content-Encoding")).isEmpty();
    }

    @Test
    void headHasNoBodyAndOptionsTellWhatIsAllowed() throws IOException {
        var head = client().ask("HEAD " + messages, "");
        var options = client().ask("OPTIONS " + messages, "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
        assertThat(client().ask("HEAD " + room + "/events", "").status()).isEqualTo(200);
        assertThat(client().ask("HEAD api/me", "").status()).isEqualTo(200);
    }

    @Test
    void clientOfHttp10IsAnsweredToTheEnd() throws IOException {
        post("text=old", FORM);
        client().sendAsOfOld("GET " + messages);
        var answer = client().readAnswer(false);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head().headers()).doesNotContainKey("transfer-encoding");
        assertThat(answer.text()).contains("\"text\":\"old\"");
        assertThat(client().readsEnd()).isTrue();
    }

    @Test
    void guestIsTheSameOnEveryPath() throws IOException {
        String cookie = cookie();
        var me = client().ask("POST api/me", "{\"name\":\"李雷\"}", cookie);
        String renamed = "Cookie: " + me.header("Set-Cookie").replaceAll(";.*", "");

        post("text=hi", FORM, renamed);

        String id = me.text().replaceAll("\\{\"id\":\"([^\"]*)\".*", "$1");
        assertThat(read("", cookie).text()).contains("\"from\":{\"id\":\"" + id + "\",\"name\":\"李雷\"}");
        assertThat(read("", cookie).header("Set-Cookie")).isEmpty();
    }
}
