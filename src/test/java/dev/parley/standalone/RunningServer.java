package dev.parley.standalone;

import dev.parley.testing.RawWebSocket;
import dev.parley.websocket.EchoEndpoint;
import dev.parley.websocket.EchoSessions;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;

/** A server on any free port with the echo endpoint, {@link FloodEndpoint} and the static files below a folder. */
final class RunningServer implements AutoCloseable, ServletContextListener {

    static final String HOST = "127.0.0.1";

    private final StandaloneServer server;

    RunningServer(Path root) throws IOException {
        this(root, Duration.ofSeconds(10), HttpDeadlines.LIMIT);
    }

    RunningServer(Path root, Duration writeTimeout, Duration httpLimit) throws IOException {
        server = new StandaloneServer(HOST, 0, root, writeTimeout, httpLimit, this);
        server.start();
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            var container = (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            container.addEndpoint(EchoEndpoint.class);
            container.addEndpoint(FloodEndpoint.class);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
        event.getServletContext().addServlet("files", new Files()).addMapping("/");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        EchoSessions.closeAll();
    }

    int port() {
        return server.port();
    }

    long webSockets() {
        return server.webSockets();
    }

    void awaitNoWebSockets() {
        server.awaitNoWebSockets(Duration.ofSeconds(10));
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

    private static final class Files extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try (InputStream file = getServletContext().getResourceAsStream(request.getServletPath())) {
                if (file == null) {
                    response.sendError(404);
                } else {
                    file.transferTo(response.getOutputStream());
                }
            }
        }
    }
}
