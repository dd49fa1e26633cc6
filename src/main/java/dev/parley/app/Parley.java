package dev.parley.app;

import dev.parley.access.Admissions;
import dev.parley.access.ForwardedFor;
import dev.parley.access.Guests;
import dev.parley.access.Handshakes;
import dev.parley.access.Origins;
import dev.parley.access.Rates;
import dev.parley.delivery.Delivery;
import dev.parley.delivery.DeliverySettings;
import dev.parley.http.DoctorEdge;
import dev.parley.http.HttpEdge;
import dev.parley.lab.Lab;
import dev.parley.log.RoomLog;
import dev.parley.log.sqlite.EmbeddedRoomLog;
import dev.parley.log.sqlite.Retention;
import dev.parley.protocol.Limits;
import dev.parley.request.History;
import dev.parley.request.Leases;
import dev.parley.request.Posting;
import dev.parley.room.RoomSettings;
import dev.parley.room.Rooms;
import dev.parley.time.SystemTimer;
import dev.parley.websocket.ChatEdge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;

/** The house, wired: settings in, edges out. One for each web application. */
final class Parley implements AutoCloseable {

    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final int BLOCKING_THREADS = 8;

    private final SystemTimer timer;
    private final ThreadPoolExecutor delivering;
    private final ThreadPoolExecutor blocking;
    private final RoomLog log;
    private final Delivery delivery;
    private final Leases leases;
    private final ChatEdge chat;
    private final HttpEdge http;
    private final DoctorEdge doctor;

    private Parley(
            SystemTimer timer,
            ThreadPoolExecutor delivering,
            ThreadPoolExecutor blocking,
            RoomLog log,
            Delivery delivery,
            Leases leases,
            ChatEdge chat,
            HttpEdge http,
            DoctorEdge doctor) {
        this.timer = timer;
        this.delivering = delivering;
        this.blocking = blocking;
        this.log = log;
        this.delivery = delivery;
        this.leases = leases;
        this.chat = chat;
        this.http = http;
        this.doctor = doctor;
    }

    /**
     * Opens the log and wires everything above it.
     *
     * @param contextPath the web application's, empty for the root
     * @throws dev.parley.log.LogException if the log cannot be opened; nothing is left running
     */
    static Parley start(Settings settings, String contextPath) {
        SystemTimer timer = new SystemTimer();
        RoomLog log;
        try {
            Retention retention = new Retention(settings.keepAge(), settings.keepCount());
            log = EmbeddedRoomLog.open(settings.data(), retention, timer);
        } catch (RuntimeException e) {
            timer.close();
            throw e;
        }
        ThreadPoolExecutor delivering =
                Threads.pool("parley-delivery", Math.max(2, Runtime.getRuntime().availableProcessors()));
        ThreadPoolExecutor blocking = Threads.pool("parley-blocking", BLOCKING_THREADS);
        Limits limits = limits(settings);
        RoomSettings roomSettings =
                new RoomSettings(settings.backlog(), settings.linger(), settings.gapRooms(), settings.slowLag());
        Rooms rooms = new Rooms(log, roomSettings, timer, delivering);
        Delivery delivery = new Delivery(
                rooms, timer, delivering, new DeliverySettings(settings.heartbeat(), settings.writeTimeout()));
        Posting posting = new Posting(log, new Rates(limits.messagesPerSecond(), limits.burst(), timer));
        History history = new History(log);
        Leases leases = new Leases(rooms, timer);
        Guests guests = new Guests(log.secret(), limits.nameChars());
        Origins origins = new Origins(settings.origins());
        Admissions admissions = new Admissions(limits.connectionsPerAddress(), limits.connections());
        ForwardedFor forwardedFor = new ForwardedFor(settings.trustForwarded());
        Lab lab = new Lab(guests, timer, blocking);
        ChatEdge chat = new ChatEdge(
                posting,
                history,
                delivery,
                guests,
                origins,
                admissions,
                forwardedFor,
                limits,
                contextPath,
                blocking,
                lab);
        HttpEdge http = new HttpEdge(
                posting,
                history,
                leases,
                delivery,
                guests,
                origins,
                admissions,
                forwardedFor,
                limits,
                blocking,
                timer,
                lab);
        DoctorEdge doctor = new DoctorEdge(timer, new Handshakes(timer), settings.heartbeat());
        return new Parley(timer, delivering, blocking, log, delivery, leases, chat, http, doctor);
    }

    private static Limits limits(Settings settings) {
        return new Limits(
                settings.maxTextChars(),
                settings.maxFrame(),
                settings.maxNameChars(),
                settings.maxRoomNameChars(),
                settings.maxRooms(),
                settings.rate(),
                settings.burst(),
                settings.maxConnectionsPerAddress(),
                settings.maxConnections());
    }

    /** What the WebSocket endpoints work with. */
    ChatEdge chat() {
        return chat;
    }

    /** What the servlets work with. */
    HttpEdge http() {
        return http;
    }

    /** What the proxy doctor works with. */
    DoctorEdge doctor() {
        return doctor;
    }

    /** Allows so many requests at once and a second to each guest, for the lab's own. */
    Rates rates(int perSecond, int burst) {
        return new Rates(perSecond, burst, timer);
    }

    /** Says goodbye to everybody and closes, which takes about 2 s at most; again does nothing. */
    void sayGoodbye() {
        leases.finish();
        delivery.finish();
        delivery.awaitEmpty(GOODBYE);
        delivery.closeAll();
    }

    /** Says goodbye to everybody, finishes the appends under way, lets go of everything. Takes about 4 s at most. */
    @Override
    public void close() {
        sayGoodbye();
        log.close();
        timer.close();
        Threads.end(List.of(delivering, blocking));
    }
}
