package dev.parley.http;

import dev.parley.access.Handshakes;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * {@code api/lab/doctor/…}: what a page asks to find out what a proxy does to it on its way. Thread-safe.
 *
 * <ul>
 *   <li>{@code facts?origin=…}: what the server believes of the request's scheme, host and address
 *   <li>{@code stream}: see {@link DoctorStreams}
 *   <li>{@code socket?token=…}: a WebSocket; over HTTP it is refused with 426, and remembered as it came
 *   <li>{@code handshake?token=…}: how the handshake with that token came here
 * </ul>
 */
public final class DoctorServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient HttpEdge edge;
    private final transient DoctorEdge doctor;
    private final transient DoctorStreams streams;

    /** Examines with what is in {@code edge} and {@code doctor}. */
    public DoctorServlet(HttpEdge edge, DoctorEdge doctor) {
        super(edge);
        this.edge = edge;
        this.doctor = doctor;
        this.streams = new DoctorStreams(edge, doctor.timer());
    }

    /** Also a handshake that became a plain request of another host, and is about to be refused for it. */
    @Override
    void arrived(Call call) {
        if (call.target().lastSegment().equals("socket")) {
            doctor.handshakes().note(token(call), Handshakes.Seen.of(false, call::header));
        }
    }

    @Override
    void serve(Call call) {
        call.requireMethod("GET", "HEAD");
        switch (call.target().path().substring("/api/lab/doctor".length())) {
            case "/facts" -> call.answer(200, "application/json", facts(call));
            case "/stream" -> streams.serve(call);
            case "/handshake" -> call.answer(200, "application/json", handshake(call));
            case "/socket" -> {
                call.response.setHeader("Upgrade", "websocket");
                throw ProblemException.of(426, "upgrade_required", "this is a WebSocket, asked for without Upgrade");
            }
            default -> throw ProblemException.of(404, "not_found", "there is nothing here");
        }
    }

    private byte[] facts(Call call) {
        HttpServletRequest request = call.request;
        Optional<String> origin = call.target().parameter("origin");
        JsonObjectBuilder facts = Json.createObjectBuilder()
                .add("secure", call.isSecure())
                .add("host", call.header("Host").orElse(""))
                .add("originAllowed", edge.origins().allows(origin, call.header("Host")))
                .add("address", call.address())
                .add("peer", request.getRemoteAddr())
                .add("trustForwarded", edge.forwardedFor().isTrusted())
                .add("protocol", request.getProtocol())
                .add("port", request.getLocalPort())
                .add("contextPath", request.getServletContext().getContextPath())
                .add("heartbeatMillis", doctor.heartbeat().toMillis())
                .add("connectionsPerAddress", call.edge.limits().connectionsPerAddress())
                .add("headers", json(Handshakes.Seen.of(false, call::header).headers()));
        return bytes(facts);
    }

    private byte[] handshake(Call call) {
        Optional<Handshakes.Seen> seen = doctor.handshakes().seen(token(call));
        JsonObjectBuilder told = Json.createObjectBuilder().add("seen", seen.isPresent());
        seen.ifPresent(
                handshake -> told.add("upgraded", handshake.upgraded()).add("headers", json(handshake.headers())));
        return bytes(told);
    }

    private static String token(Call call) {
        return call.target().parameter("token").orElse("");
    }

    private static JsonObjectBuilder json(Map<String, String> headers) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        headers.forEach(object::add);
        return object;
    }

    private static byte[] bytes(JsonObjectBuilder object) {
        return object.build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
