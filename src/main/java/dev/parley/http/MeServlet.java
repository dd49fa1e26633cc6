package dev.parley.http;

import dev.parley.access.Guests;
import dev.parley.access.Origins;
import dev.parley.protocol.Limits;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code api/me}: GET tells who the cookie's guest is and makes one of who has none; POST {@code {"name":"…"}} renames.
 * Refusals are problem details (RFC 9457). Thread-safe.
 */
public final class MeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int MAX_BODY_BYTES = 4 * 1024;

    private final transient Guests guests;
    private final transient Origins origins;
    private final transient Limits limits;

    /** Knows guests by {@code guests}, and lets pages in that {@code origins} allow. */
    public MeServlet(Guests guests, Origins origins, Limits limits) {
        this.guests = guests;
        this.origins = origins;
        this.limits = limits;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Person> known = guest(request);
        Person guest = known.orElseGet(guests::create);
        answer(request, response, guest, known.isEmpty());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!origins.allows(
                Optional.ofNullable(request.getHeader("Origin")), Optional.ofNullable(request.getHeader("Host")))) {
            problem(response, HttpServletResponse.SC_FORBIDDEN, "forbidden", "origin not allowed");
            return;
        }
        try {
            PersonName name = name(request);
            Person guest = new Person(guest(request).orElseGet(guests::create).id(), name);
            answer(request, response, guest, true);
        } catch (ProtocolException e) {
            Refusal refusal = e.refusal();
            problem(response, HttpServletResponse.SC_BAD_REQUEST, refusal.code().wire(), refusal.message());
        }
    }

    private Optional<Person> guest(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Cookie")).flatMap(guests::read);
    }

    private PersonName name(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw bad("body: over " + MAX_BODY_BYTES + " bytes, at most so many");
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            if (reader.readValue() instanceof JsonObject object && object.get("name") instanceof JsonString name) {
                return PersonName.parse(name.getString(), limits.nameChars());
            }
        } catch (ProtocolException e) {
            throw e;
        } catch (RuntimeException e) {
            // Parsson throws exceptions of many kinds
            throw bad("body: not JSON");
        }
        throw bad("body: an object with a name, a string");
    }

    private static ProtocolException bad(String message) {
        return new ProtocolException(Refusal.of(Refusal.Code.BAD_MESSAGE, message));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Person guest, boolean setCookie)
            throws IOException {
        if (setCookie) {
            boolean secure = request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
            response.addHeader("Set-Cookie", guests.setCookie(guest, request.getContextPath(), secure));
        }
        String json = Json.createObjectBuilder()
                .add("id", guest.id())
                .add("name", guest.name().value())
                .build()
                .toString();
        send(response, "application/json", json);
    }

    private static void problem(HttpServletResponse response, int status, String code, String detail)
            throws IOException {
        response.setStatus(status);
        String json = Json.createObjectBuilder()
                .add("status", status)
                .add("title", code)
                .add("detail", detail)
                .build()
                .toString();
        send(response, "application/problem+json", json);
    }

    private static void send(HttpServletResponse response, String type, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
