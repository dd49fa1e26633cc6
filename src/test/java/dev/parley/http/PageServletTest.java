package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.servlet.WebappContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a real container, over a bare socket: a proper HTTP client would tidy up the requests that matter here. What this
 * container refuses by itself, before any servlet, {@link PagePathTest} has.
 */
class PageServletTest {

    private static final Path PAGE = Path.of("webapp");

    private final HttpServer server = new HttpServer();
    private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);

    @BeforeEach
    void start() throws IOException {
        server.addListener(listener);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new URLClassLoader(new URL[] {PAGE.toUri().toURL()}, before));
        try {
            WebappContext context = new WebappContext("parley", "/parley");
            context.addServlet("page", new PageServlet()).addMapping("/");
            context.deploy(server);
        } finally {
            thread.setContextClassLoader(before);
        }
        server.start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void pageComesWithItsHeaders() throws IOException {
        Answer answer = get("/parley/");

        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "ws://127.0.0.1:1 wss://127.0.0.1:1;")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.body).isEqualTo(Files.readAllBytes(PAGE.resolve("index.html")));
    }

    @Test
    void contextPathWithoutSlashLeadsToTheOneWith() throws IOException {
        Answer answer = get("/parley?room=dev");

        assertThat(answer.status).isIn(301, 302, 307, 308);
        assertThat(answer.header("Location")).endsWith("/parley/?room=dev");
    }

    @Test
    void unchangedFileIsNotSentAgain() throws IOException {
        String etag = get("/parley/js/main.js").header("ETag");

        Answer again = request("GET", "/parley/js/main.js", "If-None-Match: \"x\", W/" + etag);

        assertThat(again.status).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(etag);
        assertThat(again.body).isEmpty();
    }

    @Test
    void textIsCompressedUnderATagOfItsOwn() throws IOException {
        Answer plain = get("/parley/js/client.js");
        Answer packed = request("GET", "/parley/js/client.js", "Accept-Encoding: br, gzip");

        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(packed.body.length).isLessThan(plain.body.length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body)).readAllBytes())
                .isEqualTo(plain.body);
    }

    @Test
    void headHasTheLengthAndNoBody() throws IOException {
        Answer answer = request("HEAD", "/parley/js/main.js");

        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(Files.size(PAGE.resolve("js/main.js"))));
        assertThat(answer.body).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "PROPFIND"})
    void otherMethodsAreNotAllowed(String method) throws IOException {
        Answer answer = request(method, "/parley/", "Content-Length: 0");

        assertThat(answer.status).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void optionsAreTold() throws IOException {
        assertThat(request("OPTIONS", "/parley/").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/parley/nothing.html",
                "/parley/<b>.html",
                "/parley/js/",
                "/parley/js/main.js;jsessionid=1",
                "/parley/js/%6dain.js",
                "/parley/%2e%2e/parley/index.html",
                "/parley/WEB-INF/web.xml",
                "/parley/dev/parley/http/PageServlet.class",
                "/parley/META-INF/LICENSE.txt",
            })
    void whatIsNoFileOfThePageIsNotFound(String target) throws IOException {
        Answer answer = get(target);

        assertThat(answer.status).isIn(400, 404);
        assertThat(new String(answer.body, StandardCharsets.UTF_8)).doesNotContain("<b>", "const ", "Parley");
    }

    private Answer get(String target) throws IOException {
        return request("GET", target);
    }

    private Answer request(String method, String target, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getPort())) {
            String head = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n"
                    + String.join(
                            "", Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return Answer.parse(socket.getInputStream().readAllBytes());
        }
    }

    private record Answer(int status, String head, byte[] body) {

        static Answer parse(byte[] bytes) {
            String all = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(all.substring(9, 12)),
                    all.substring(0, end),
                    all.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
        }

        String header(String name) {
            Matcher line =
                    Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*)$").matcher(head.replace("\r", ""));
            return line.find() ? line.group(1) : "";
        }
    }
}
