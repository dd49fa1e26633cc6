package dev.parley.http;

import dev.parley.lab.Way;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.request.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** One request to the API: who asks, for what, and the ways to answer. Confined to the servlet until it is asynchronous. */
final class Call {

    final HttpEdge edge;
    final HttpServletRequest request;
    final HttpServletResponse response;
    private final Target target;
    private final Optional<Person> known;
    private Optional<Person> person;
    private Representation representation = Representation.JSON;
    private Optional<Exchange> exchange = Optional.empty();

    Call(HttpEdge edge, HttpServletRequest request, HttpServletResponse response) {
        this.edge = edge;
        this.request = request;
        this.response = response;
        String inside = PagePath.inside(request.getServletContext().getContextPath(), request.getRequestURI());
        this.target =
                new Target(inside, Optional.ofNullable(request.getQueryString()).orElse(""));
        this.known = header("Cookie").flatMap(edge.guests()::read);
        this.person = known;
    }

    Target target() {
        return target;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    boolean isHead() {
        return request.getMethod().equals("HEAD");
    }

    boolean isRead() {
        return isHead() || request.getMethod().equals("GET");
    }

    /** Who asks; somebody new gets a cookie with the answer. */
    Person person() {
        if (person.isEmpty()) {
            Person guest = edge.guests().create();
            person = Optional.of(guest);
            introduce(guest);
        }
        return person.get();
    }

    /** The id of who asks, without a cookie for who is new. */
    String idOrNew() {
        return known.orElseGet(edge.guests()::create).id();
    }

    /** Whether the one who asks brought a cookie. */
    boolean isKnown() {
        return known.isPresent();
    }

    /** Makes the client {@code guest} from now on. */
    void introduce(Person guest) {
        String path = request.getServletContext().getContextPath();
        response.addHeader("Set-Cookie", edge.guests().setCookie(guest, path, isSecure()));
    }

    /** Whether the client came over TLS, as the connection or a proxy tells it. */
    boolean isSecure() {
        return request.isSecure()
                || header("X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
    }

    /** From where. */
    String address() {
        return edge.forwardedFor().address(request.getRemoteAddr(), header("X-Forwarded-For"));
    }

    /** The room that a segment of the path names. */
    RoomName room(String segment) {
        return RoomName.parse(Target.segment(segment), edge.limits().roomNameChars());
    }

    Optional<Cursor> cursor(String parameter) {
        return target.parameter(parameter).map(Cursor::parse);
    }

    /** A whole number in the query. */
    Optional<Integer> number(String parameter, int least, int most) {
        return target.parameter(parameter).map(text -> {
            if (text.matches("[0-9]{1,9}")) {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            }
            throw new ProtocolException(
                    Refusal.of(Refusal.Code.BAD_MESSAGE, parameter + ": not a number from " + least + " to " + most));
        });
    }

    /** Finds out how to answer. */
    Representation negotiate() {
        representation = Representation.of(new Accept(headers("Accept")))
                .orElseThrow(() -> ProblemException.of(
                        406, "not_acceptable", "Accept: application/json and application/xml are to be had"));
        return representation;
    }

    /** Lets nobody in who did not ask for what is here alone. */
    void requireAccepted(String type) {
        if (new Accept(headers("Accept")).weightOf(type) == 0) {
            throw ProblemException.of(406, "not_acceptable", "Accept: " + type + " is to be had");
        }
    }

    /** Refuses other methods than these. */
    void requireMethod(String... allowed) {
        String list = String.join(", ", allowed) + ", OPTIONS";
        if (!List.of(allowed).contains(request.getMethod())) {
            response.setHeader("Allow", list);
            throw request.getMethod().equals("OPTIONS")
                    ? ProblemException.of(204, "", "")
                    : ProblemException.of(
                            405, "method_not_allowed", request.getMethod() + " is not for this, " + list + " are");
        }
    }

    /** Makes the answer the connection's last, where that is for an answer to say: HTTP/2 has no such header. */
    void closeAfterwards() {
        if (request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
    }

    /** Answers later. */
    Exchange exchange() {
        if (exchange.isPresent()) {
            return exchange.get();
        }
        Exchange begun = Exchange.begin(request, response, edge);
        exchange = Optional.of(begun);
        way().ifPresent(way -> begun.passBy(way, request));
        return begun;
    }

    /** What of the lab's this takes part in. */
    private Optional<Way> way() {
        if (request.getAttribute(Way.ATTRIBUTE) instanceof Way known) {
            return Optional.of(known);
        }
        return edge.lab().countsOnWire() ? Optional.empty() : edge.lab().way(target.query(), header("Cookie"));
    }

    /** The servlet is about to return. */
    void returned() {
        exchange.ifPresent(Exchange::returned);
    }

    /** Answers, now or later as was begun. */
    void answer(int status, ServerMessage.Answer answer) {
        answer(status, representation.typeOf(answer), representation.bytes(answer));
    }

    /** Answers with a problem. */
    void fail(ServerMessage.Problem problem) {
        if (problem.status() == 204) {
            answer(204, "", new byte[0]);
            return;
        }
        problem.retryAfterMillis()
                .ifPresent(millis -> response.setHeader("Retry-After", String.valueOf((millis + 999) / 1000)));
        answer(problem.status(), problem);
    }

    /** Answers with a body of this type, left out for HEAD. */
    void answer(int status, String type, byte[] body) {
        response.setStatus(status);
        if (!type.isEmpty()) {
            response.setContentType(type);
            response.setContentLength(body.length);
        }
        byte[] sent = isHead() ? new byte[0] : body;
        if (exchange.isPresent()) {
            exchange.get().finish(sent);
            return;
        }
        try {
            response.getOutputStream().write(sent);
        } catch (IOException gone) {
            request.getServletContext().log("An answer was not written: " + gone);
        }
    }
}
