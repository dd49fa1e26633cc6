package dev.parley.standalone;

import dev.parley.access.ForwardedFor;
import dev.parley.app.ParleyListener;
import dev.parley.app.Settings;
import dev.parley.app.SettingsReader;
import dev.parley.lab.Lab;
import dev.parley.testing.HttpConnection;
import dev.parley.testing.RawWebSocket;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole server on any free port, with {@link FloodEndpoint} beside its own and the static files below a folder. */
final class RunningServer implements AutoCloseable, ServletContextListener {

    static final String HOST = "127.0.0.1";

    private final ParleyListener application;
    private final StandaloneServer server;
    private @Nullable Lab lab;

    RunningServer(Path root) throws IOException {
        this(root, Duration.ofSeconds(10), HttpDeadlines.LIMIT);
    }

    RunningServer(Path root, Duration writeTimeout, Duration httpLimit) throws IOException {
        this(root, writeTimeout, httpLimit, Map.of());
    }

    /** With some settings of the application's. */
    RunningServer(Path root, Map<String, String> options) throws IOException {
        this(root, Duration.ofSeconds(10), HttpDeadlines.LIMIT, options);
    }

    private RunningServer(Path root, Duration writeTimeout, Duration httpLimit, Map<String, String> options)
            throws IOException {
        Map<String, String> all = new HashMap<>(options);
        all.put("data", Files.createTempDirectory(root, "data").toString());
        Settings settings = SettingsReader.standalone(all).read();
        application = new ParleyListener(settings);
        ForwardedFor forwardedFor = new ForwardedFor(settings.trustForwarded());
        server = new StandaloneServer(HOST, 0, root, forwardedFor, writeTimeout, httpLimit, this);
        server.start();
    }

    /** Settings of the form {@code name=value}. */
    static Map<String, String> options(List<String> settings) {
        return settings.stream().map(s -> s.split("=", 2)).collect(Collectors.toMap(s -> s[0], s -> s[1]));
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        application.contextInitialized(event);
        lab = (Lab) event.getServletContext().getAttribute(Lab.ATTRIBUTE);
        try {
            var container = (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            container.addEndpoint(FloodEndpoint.class);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        application.contextDestroyed(event);
    }

    /** What the lab has counted, straight from where it is kept. */
    Lab lab() {
        return Objects.requireNonNull(lab);
    }

    int port() {
        return server.port();
    }

    /** Where the application is. */
    URI base() {
        return URI.create("http://" + HOST + ":" + port() + "/");
    }

    long webSockets() {
        return server.webSockets();
    }

    void awaitNoWebSockets() {
        server.awaitNoWebSockets(Duration.ofSeconds(10));
    }

    HttpConnection http() throws IOException {
        return new HttpConnection(base(), 0);
    }

    RawWebSocket connect() throws IOException {
        return new RawWebSocket(HOST, port());
    }

    RawWebSocket open(String path, String... headers) throws IOException {
        return RawWebSocket.open(HOST, port(), path, headers);
    }

    @Override
    public void close() {
        server.close();
    }
}
