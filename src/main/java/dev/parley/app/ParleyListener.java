package dev.parley.app;

import dev.parley.http.DoctorServlet;
import dev.parley.http.EchoServlet;
import dev.parley.http.EventsServlet;
import dev.parley.http.HandshakeListener;
import dev.parley.http.LabServlet;
import dev.parley.http.MeServlet;
import dev.parley.http.PageServlet;
import dev.parley.http.RoomsServlet;
import dev.parley.lab.Lab;
import dev.parley.websocket.ChatEdge;
import dev.parley.websocket.ChatEndpoint;
import dev.parley.websocket.DoctorEndpoint;
import dev.parley.websocket.DoctorSessions;
import dev.parley.websocket.EchoEndpoint;
import dev.parley.websocket.EchoSessions;
import dev.parley.websocket.RoomChatEndpoint;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The web application's beginning and end, the same in every container: reads the settings, opens the log, deploys
 * endpoints and servlets; on the way out says goodbye and lets go. Confined to the container's calls.
 */
@WebListener
public class ParleyListener implements ServletContextListener {

    private static final System.Logger LOGGER = System.getLogger(ParleyListener.class.getName());
    private static final List<Class<?>> ENDPOINTS =
            List.of(EchoEndpoint.class, ChatEndpoint.class, RoomChatEndpoint.class, DoctorEndpoint.class);

    /** Over HTTP an echo is held in memory as a whole. */
    private static final long MAX_HTTP_ECHO_BYTES = 16 * 1024 * 1024;

    private final Optional<Settings> given;
    private @Nullable Parley parley;

    /** For containers: settings are read from where a container's can be set. */
    public ParleyListener() {
        given = Optional.empty();
    }

    /** For the standalone server, which has read its settings already. */
    public ParleyListener(Settings settings) {
        given = Optional.of(settings);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Settings settings = given.orElseGet(() -> read(context));
        Parley started = Parley.start(settings, context.getContextPath());
        parley = started;
        ChatEdge chat = started.chat();
        chat.install();
        new DoctorSessions(started.doctor().timer(), started.doctor().handshakes()).install();
        EchoSessions.limit(settings.maxEcho());
        context.setAttribute(Lab.ATTRIBUTE, chat.lab());
        context.addListener(new HandshakeListener(chat.forwardedFor(), chat.lab()));
        addServlet(context, "page", "/", new PageServlet());
        addServlet(context, "me", "/api/me", new MeServlet(started.http()));
        int maxEcho = (int) Math.min(settings.maxEcho(), MAX_HTTP_ECHO_BYTES);
        addServlet(context, "echo", "/echo", new EchoServlet(started.http(), maxEcho));
        addServlet(context, "events", "/api/events", new EventsServlet(started.http()));
        addServlet(context, "lab", "/api/lab/*", new LabServlet(started.http(), settings.labTrouble(), started::rates));
        addServlet(context, "rooms", "/api/rooms/*", new RoomsServlet(started.http()));
        addServlet(context, "doctor", "/api/lab/doctor/*", new DoctorServlet(started.http(), started.doctor()));
        addEndpoints(context);
        context.addFilter("goodbye", new Goodbye(started::sayGoodbye)).setAsyncSupported(true);
    }

    private static Settings read(ServletContext context) {
        SettingsReader reader = SettingsReader.inContainer(context);
        Settings settings = reader.read();
        reader.warnings().forEach(warning -> LOGGER.log(Level.WARNING, warning));
        LOGGER.log(Level.INFO, "Parley at ''{0}/'', data in {1}", context.getContextPath(), settings.data());
        LOGGER.log(Level.DEBUG, reader::describe);
        return settings;
    }

    private static void addServlet(ServletContext context, String name, String path, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(path);
    }

    private static void addEndpoints(ServletContext context) {
        if (!(context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer container)) {
            throw new IllegalStateException("this container has no Jakarta WebSocket");
        }
        try {
            for (Class<?> endpoint : ENDPOINTS) {
                container.addEndpoint(endpoint);
            }
        } catch (DeploymentException e) {
            throw new IllegalStateException("the container refuses an endpoint: " + e.getMessage(), e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        EchoSessions.closeAll();
        if (parley != null) {
            parley.close();
            parley = null;
        }
        ChatEdge.uninstall();
        DoctorSessions.uninstall();
    }
}
