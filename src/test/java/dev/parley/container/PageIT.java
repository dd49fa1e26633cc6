package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parley.testing.ChatClient;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and {@code api/me}, at the root of the standalone server and under a context path elsewhere. */
@ExtendWith(ArquillianExtension.class)
class PageIT {

    @ArquillianResource
    private URL url;

    private URI base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with("maxTextChars=1234");
    }

    @BeforeEach
    void here() {
        base = TestWar.base(url);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET(), headers);
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(
                HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        HttpRequest built =
                headers.length == 0 ? request.build() : request.headers(headers).build();
        return http.send(built, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** The answer to a request line as it stands, which no decent client would send. */
    private RawWebSocket.Response raw(String method, String target) throws IOException {
        try (RawWebSocket client = new RawWebSocket(base.getHost(), base.getPort())) {
            client.send((method + " " + target + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return client.readResponse();
        }
    }

    private String contextPath() {
        return base.getPath().replaceFirst("/$", "");
    }

    @Test
    void pageIsServedAtTheContextRootWithoutCaching() throws Exception {
        HttpResponse<String> page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type.replace(" ", "")).isEqualToIgnoringCase("text/html;charset=utf-8"));
        assertThat(page.body()).startsWithIgnoringCase("<!doctype html>");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(get("index.html").body()).isEqualTo(page.body());
    }

    @Test
    void filesOfThePageAreWhereItSaysUnderAnyContextPath() throws Exception {
        String page = get("").body();
        Matcher links = Pattern.compile("(?:src|href)=\"([^\"#]+)\"").matcher(page);

        assertThat(links.find()).isTrue();
        do {
            assertThat(get(links.group(1)).statusCode()).as(links.group(1)).isEqualTo(200);
            assertThat(links.group(1)).doesNotStartWith("/").doesNotContain("//");
        } while (links.find());
        assertThat(get("js/main.js").headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
    }

    @Test
    void whatIsUnchangedIsNotSentAgain() throws Exception {
        String etag = get("").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = get("", "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(etag);
        assertThat(get("", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void browsersAreToldWhatNotToDo() throws Exception {
        var headers = get("").headers();

        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "ws://" + base.getAuthority())
                        .doesNotContain("unsafe-inline", "unsafe-eval"));
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).isPresent();
    }

    @Test
    void contextPathWithoutItsSlashIsSentToIt() throws Exception {
        if (contextPath().isEmpty()) {
            return; // "GET " with an empty path is no HTTP
        }
        RawWebSocket.Response answer = raw("GET", contextPath());

        // 308 is ours; Tomcat redirects before any servlet sees the request
        assertThat(answer.status()).isIn(301, 302, 307, 308);
        assertThat(answer.headers().get("Location")).endsWith(contextPath() + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEB-INF/web.xml",
                "web-inf/web.xml",
                "WEB-INF/classes/dev/parley/app/Parley.class",
                "META-INF/MANIFEST.MF",
                "dev/parley/launcher/Launcher.class",
                "nothing-here.html",
                "js/"
            })
    void whatIsNotThePageIsNotFound(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("Exception", "Manifest-Version", "web-app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%57EB-INF/web.xml",
                "/WEB-INF;x=1/web.xml",
                "/js/../WEB-INF/web.xml",
                "/js/%2e%2e/WEB-INF/web.xml",
                "//WEB-INF/web.xml",
                "/.%00/WEB-INF/web.xml",
                "/js%5c..%5cWEB-INF/web.xml"
            })
    void noOtherSpellingOpensWhatIsPrivate(String path) throws Exception {
        RawWebSocket.Response answer = raw("GET", contextPath() + path);

        assertThat(answer.status()).isBetween(300, 499);
        assertThat(answer.body()).doesNotContain("web-app", "context-param");
    }

    @Test
    void refusalsArePlainAndNameNoContainer() throws Exception {
        HttpResponse<String> missing = get("missing.html");
        HttpResponse<String> posted = post("index.html", "");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).doesNotContainIgnoringCase("tomcat").doesNotContainIgnoringCase("payara");
        assertThat(missing.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    }

    @Test
    void guestIsMadeOnceAndKeptByACookie() throws Exception {
        HttpResponse<String> first = get("api/me");
        HttpResponse<String> second = get("api/me");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("\"id\":\"g-", "\"name\":\"Guest ");
        assertThat(first.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .contains("HttpOnly", "SameSite=Lax", "Path=" + contextPath() + "/")
                        .doesNotContain("Secure"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void limitsAreThoseOfAWebSocketsWelcome() throws Exception {
        String limits;
        try (ChatClient client = ChatClient.at(base, "chat").open()) {
            limits = client.ask("hello").getJsonObject("limits").toString();
        }

        assertThat(get("api/me").body()).endsWith(",\"limits\":" + limits + "}");
        assertThat(post("api/me", "{\"name\":\"Ada\"}").body()).endsWith(",\"limits\":" + limits + "}");
        assertThat(limits).contains("\"textChars\":1234,");
    }

    @Test
    void guestTakesAnotherName() throws Exception {
        String before = get("api/me").body();

        HttpResponse<String> renamed = post("api/me", "{\"name\":\"李雷 🎈\"}");

        assertThat(renamed.statusCode()).isEqualTo(200);
        assertThat(renamed.body()).contains("\"name\":\"李雷 🎈\"");
        assertThat(renamed.body().substring(0, 30)).isEqualTo(before.substring(0, 30));
        assertThat(get("api/me").body()).isEqualTo(renamed.body());
    }

    @Test
    void bodyIsTakenFromAClientThatOffersHttp2() throws Exception {
        // Payara begins to speak HTTP/2 then, or closes the connection without an answer, before anything of ours is
        // asked.
        assumeFalse("payara".equals(System.getProperty("arquillian.launch")));
        HttpClient offers = HttpClient.newHttpClient();

        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = offers.send(
                    HttpRequest.newBuilder(base.resolve("api/me"))
                            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Mei\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"name\":\"Mei\"");
        }
    }

    @Test
    void deepNestingIsRefusedWithAProblem() throws Exception {
        assertThat(post("api/me", "[".repeat(4000)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"name\":7}", "{\"name\":\"\"}", "{\"name\":\"a\\u0000b\"}"})
    void badNameIsRefusedWithAProblem(String body) throws Exception {
        HttpResponse<String> answer = post("api/me", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).contains("\"status\":400", "\"title\":\"bad_");
    }

    @Test
    void otherMethodsAreNotAllowedOnMe() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(base.resolve("api/me")).DELETE());

        assertThat(answer.statusCode()).isEqualTo(405);
    }
}
