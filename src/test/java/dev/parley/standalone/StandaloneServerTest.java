package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.access.ForwardedFor;
import dev.parley.testing.RawWebSocket;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandaloneServerTest {

    @TempDir
    private Path root;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(root.resolve("index.html"), "<p>hello");
        Files.createDirectories(root.resolve("WEB-INF/classes"));
        Files.writeString(root.resolve("WEB-INF/secret"), "secret");
        Files.createDirectories(root.resolve("META-INF"));
        Files.writeString(root.resolve("META-INF/MANIFEST.MF"), "secret");
        Files.writeString(root.resolve("Launcher.class"), "secret");
    }

    @Test
    void staticFilesAreServedWithoutABanner() throws IOException {
        try (RunningServer server = new RunningServer(root)) {
            RawWebSocket.Response answer = ask(server, "GET /index.html");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKeys("Server", "X-Powered-By");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/secret",
                "/web-inf/secret",
                "/%57EB-INF/secret",
                "//WEB-INF/secret",
                "/./WEB-INF/secret",
                "/x/../WEB-INF/secret",
                "/META-INF/MANIFEST.MF",
                "/Launcher.class",
                "/..%2f..%2fetc/passwd",
                "/%zz",
                "/nothing",
                "/dev/parley/standalone/Main.class",
                "/WEB-INF/",
                "/jakarta/servlet/Servlet.class"
            })
    void whatIsNoPageIsNotServed(String path) throws IOException {
        try (RunningServer server = new RunningServer(root)) {
            RawWebSocket.Response answer = ask(server, "GET " + path);

            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("secret", "Grizzly");
        }
    }

    @Test
    void traceIsRefused() throws IOException {
        try (RunningServer server = new RunningServer(root)) {
            assertThat(ask(server, "TRACE /index.html").status()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /index.html HTTP/1.1\r\nHos"})
    void aRequestThatDoesNotComeIsCut(String beginning) throws IOException {
        try (RunningServer server = new RunningServer(root, Duration.ofSeconds(10), Duration.ofMillis(200));
                RawWebSocket client = server.connect()) {
            client.send(beginning.getBytes(StandardCharsets.US_ASCII));

            assertThat(client.readsEnd()).isTrue();
        }
    }

    @Test
    void headersOfAnySizeAreNotTaken() throws IOException {
        try (RunningServer server = new RunningServer(root)) {
            assertThat(ask(server, "GET /index.html", "X: " + "x".repeat(20_000))
                            .status())
                    .isBetween(400, 431);
        }
    }

    @Test
    void clientsAreToldWhenTheServerGoes() throws IOException {
        try (RunningServer server = new RunningServer(root);
                RawWebSocket echo = server.open("/echo");
                RawWebSocket flood = server.open("/flood")) {
            Thread reader = new Thread(() -> readToTheEnd(flood));
            reader.start();
            Thread stop = new Thread(server::close);
            stop.start();

            assertThat(echo.readClose().closeCode()).isEqualTo(1001);
            echo.sendClose(1001, "");
            assertThat(echo.readFrame()).isEmpty();
        }
    }

    private static void readToTheEnd(RawWebSocket client) {
        try {
            client.readsEnd();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatTheApplicationThrowsReachesWhoStartsTheServer() throws IOException {
        ServletContextListener broken = new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                throw new IllegalStateException("the log is broken");
            }
        };
        StandaloneServer server = new StandaloneServer(
                RunningServer.HOST,
                0,
                root,
                new ForwardedFor(false),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                broken);

        assertThatThrownBy(server::start).hasMessage("the log is broken");
    }

    @Test
    void aTakenPortIsAnException() throws IOException {
        try (RunningServer server = new RunningServer(root)) {
            StandaloneServer second = new StandaloneServer(
                    RunningServer.HOST,
                    server.port(),
                    root,
                    new ForwardedFor(false),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    new ServletContextListener() {});

            assertThatThrownBy(second::start).isInstanceOf(java.net.BindException.class);
        }
    }

    private static RawWebSocket.Response ask(RunningServer server, String line, String... headers) throws IOException {
        try (RawWebSocket client = server.connect()) {
            StringBuilder request = new StringBuilder(line + " HTTP/1.1\r\nHost: x\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            client.send(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            return client.readResponse();
        }
    }
}
