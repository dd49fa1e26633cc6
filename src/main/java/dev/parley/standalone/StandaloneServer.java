package dev.parley.standalone;

import dev.parley.access.ForwardedFor;
import dev.parley.lab.Lab;
import dev.parley.time.SystemTimer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.jspecify.annotations.Nullable;

/** HTTP, Servlets and WebSocket on one port, for one web application at {@code /}. Thread-safe once started. */
final class StandaloneServer implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(StandaloneServer.class.getName());
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int READ_BYTES = 64 * 1024;

    private final SystemTimer timer = new SystemTimer();
    private final Watch watch = new Watch(timer);
    private final Endpoints endpoints = new Endpoints();
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener;
    private final UnpackedContext context;
    private final Application application;
    private Optional<Lab> lab = Optional.empty();

    /**
     * Made, not started.
     *
     * @param root the static files' folder
     * @param forwardedFor whose address counts
     * @param writeTimeout how long the application lets writes make no progress; the server waits a little longer
     */
    StandaloneServer(
            String host,
            int port,
            Path root,
            ForwardedFor forwardedFor,
            Duration writeTimeout,
            Duration httpLimit,
            ServletContextListener app)
            throws IOException {
        listener = new NetworkListener("parley", host, port);
        context = new UnpackedContext(root.toRealPath());
        application = new Application(app);
        configureListener(forwardedFor, writeTimeout.plus(Peer.CLOSE_TIMEOUT), httpLimit);
        configureServer();
    }

    private void configureListener(ForwardedFor forwardedFor, Duration stallTimeout, Duration httpLimit) {
        int threads = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());
        TCPNIOTransport transport = listener.getTransport();
        transport.setIOStrategy(new FrameIo());
        transport.setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                .setPoolName("parley-worker")
                .setCorePoolSize(threads)
                .setMaxPoolSize(threads)
                .setQueueLimit(-1));
        transport.setReadBufferSize(READ_BYTES);
        transport.setServerConnectionBackLog(1024);
        transport.setTcpNoDelay(true);
        transport.getAsyncQueueIO().getWriter().setMaxPendingBytesPerConnection(-1);
        listener.setMaxHttpHeaderSize(MAX_HEADER_BYTES);
        listener.getFileCache().setEnabled(false);
        listener.setDefaultErrorPageGenerator((request, status, reason, description, failure) ->
                "<!DOCTYPE html><title>" + HttpStatus.getHttpStatus(status).getReasonPhrase() + "</title>");
        listener.registerAddOn(new AddOn() {
            @Override
            public void setup(NetworkListener to, FilterChainBuilder chain) {
                chain.remove(chain.indexOfType(IdleTimeoutFilter.class));
                chain.add(
                        chain.indexOfType(HttpServerFilter.class),
                        new UpgradeFilter(endpoints.getWebSocketEngine(), forwardedFor, watch, stallTimeout));
                new HttpDeadlines(watch, httpLimit, stallTimeout, lab).install(chain);
            }
        });
        server.addListener(listener);
    }

    private void configureServer() {
        ServerConfiguration configuration = server.getServerConfiguration();
        configuration.setName("parley");
        // A name would go out with every answer.
        configuration.setHttpServerName(null);
        configuration.setHttpServerVersion(null);
        configuration.setTraceEnabled(false);
        configuration.setPassTraceRequest(false);
        configuration.setJmxEnabled(false);
        // With a single handler at the root, Grizzly leaves out mapping, and every servlet path is "/".
        configuration.addHttpHandler(new Nothing(), "/WEB-INF/*", "/META-INF/*");
        context.addListener(application);
        context.setAttribute(ServerContainer.class.getName(), endpoints);
    }

    /**
     * Starts the application, then listens.
     *
     * @throws IOException if the port cannot be had
     * @throws RuntimeException what the application throws when it cannot start
     */
    void start() throws IOException {
        try {
            context.deploy(server);
            application.rethrow();
            lab = Optional.ofNullable((Lab) context.getAttribute(Lab.ATTRIBUTE));
            lab.ifPresent(Lab::countOnWire);
            endpoints.start("", listener.getPort());
            endpoints.doneDeployment();
            server.start();
        } catch (DeploymentException e) {
            close();
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The port that it listens on. */
    int port() {
        return listener.getPort();
    }

    /** How many WebSocket connections there are. */
    long webSockets() {
        return watch.count(Peer.class);
    }

    /** Waits until there is none, or for so long. */
    void awaitNoWebSockets(Duration atMost) {
        watch.awaitNone(Peer.class, atMost);
    }

    /** Accepts nobody any more, lets the application say goodbye, and waits for that to reach the clients, 2 s at most. */
    @Override
    public void close() {
        if (listener.isStarted()) {
            listener.getTransport().unbindAll();
        }
        application.stop();
        watch.each(Peer.class, Peer::goAway);
        watch.awaitNone(Peer.class, Peer.CLOSE_TIMEOUT);
        context.undeploy();
        server.shutdownNow();
        endpoints.stop();
        timer.close();
    }

    /** What is not to be had. */
    private static final class Nothing extends HttpHandler {

        @Override
        public void service(Request request, Response response) throws IOException {
            response.sendError(404);
        }
    }

    /** Stands between Grizzly and the application's listener: Grizzly logs what that throws and goes on without it. */
    private static final class Application implements ServletContextListener {

        private final ServletContextListener app;
        private @Nullable ServletContextEvent event;
        private Optional<Throwable> failure = Optional.of(new IllegalStateException("the application never started"));

        Application(ServletContextListener app) {
            this.app = app;
        }

        @Override
        public void contextInitialized(ServletContextEvent started) {
            event = started;
            try {
                app.contextInitialized(started);
                failure = Optional.empty();
            } catch (RuntimeException | Error e) {
                failure = Optional.of(e);
            }
        }

        void rethrow() {
            failure.ifPresent(e -> {
                if (e instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e;
            });
        }

        /** Does what it does once. */
        synchronized void stop() {
            ServletContextEvent started = event;
            if (started == null || failure.isPresent()) {
                return;
            }
            event = null;
            try {
                app.contextDestroyed(started);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "The application did not stop well", e);
            }
        }
    }
}
