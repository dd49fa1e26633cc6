package dev.parley.http;

import dev.parley.access.Origins;
import dev.parley.access.Rates;
import dev.parley.lab.Effect;
import dev.parley.lab.Figures;
import dev.parley.lab.ProcessCpu;
import dev.parley.lab.Run;
import dev.parley.lab.Trouble;
import dev.parley.lab.WayName;
import dev.parley.protocol.Person;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Texts;
import dev.parley.request.Target;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The lab's server side. {@code GET api/lab/counts?run=…} tells what each way of a run has cost, and makes the run the
 * guest's who asks first; {@code POST api/lab/trouble}, a form, makes trouble for a way of a run of one's own. Thread-safe.
 */
public final class LabServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private static final int MAX_BODY_BYTES = 1024;
    private static final int DEFAULT_SECONDS = 10;
    private static final int COUNTS_PER_SECOND = 10;
    private static final int TROUBLES_PER_SECOND = 2;
    private static final int BURST = 20;
    private static final Origins SAME_ORIGIN = new Origins(List.of());

    private final transient TroubleFor troubleFor;
    private final transient Rates countsRate;
    private final transient Rates troubleRate;

    /** {@code rates} makes a limit of so many a second and so many at once. */
    public LabServlet(HttpEdge edge, TroubleFor troubleFor, BiFunction<Integer, Integer, Rates> rates) {
        super(edge);
        this.troubleFor = troubleFor;
        this.countsRate = rates.apply(COUNTS_PER_SECOND, BURST);
        this.troubleRate = rates.apply(TROUBLES_PER_SECOND, BURST);
    }

    @Override
    void serve(Call call) {
        switch (call.target().path()) {
            case "/api/lab/counts" -> counts(call);
            case "/api/lab/trouble" -> trouble(call);
            default -> throw ProblemException.of(404, "not_found", "there is nothing here");
        }
    }

    private void counts(Call call) {
        call.requireMethod("GET", "HEAD");
        Person guest = call.person();
        take(countsRate, guest);
        Run run = run(call, guest, call.target());
        JsonObjectBuilder ways = Json.createObjectBuilder();
        for (WayName name : WayName.values()) {
            ways.add(name.wire(), json(run.figures(name), call.edge.lab().countsOnWire()));
        }
        JsonObjectBuilder answer = Json.createObjectBuilder()
                .add("counted", call.edge.lab().countsOnWire() ? "wire" : "reckoned")
                .add("trouble", mayTrouble(call.request))
                .add("processors", Runtime.getRuntime().availableProcessors());
        ProcessCpu.nanos().ifPresent(nanos -> answer.add("cpuNanos", nanos));
        answer(call, answer.add("ways", ways).build());
    }

    private static JsonObjectBuilder json(Figures figures, boolean onWire) {
        JsonObjectBuilder way = Json.createObjectBuilder()
                .add("requests", figures.requests())
                .add("underWay", figures.underWay())
                .add("bytesIn", figures.bytesIn())
                .add("bytesOut", figures.bytesOut());
        return onWire ? way.add("connections", figures.connections()).add("opened", figures.opened()) : way;
    }

    private static void answer(Call call, JsonObject body) {
        call.answer(200, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void take(Rates rates, Person guest) {
        rates.take(guest.id()).ifPresent(refusal -> {
            throw new ProtocolException(refusal);
        });
    }

    private static Run run(Call call, Person guest, Target parameters) {
        String name = parameters.parameter("run").orElse("");
        try {
            return call.edge
                    .lab()
                    .run(name, guest)
                    .orElseThrow(() -> ProblemException.of(404, "not_found", "run: no such run of yours"));
        } catch (IllegalArgumentException e) {
            throw MessagesResource.bad("run: '" + Texts.excerpt(name) + "', " + e.getMessage());
        }
    }

    private void trouble(Call call) {
        call.requireMethod("POST");
        if (!SAME_ORIGIN.allows(call.header("Origin"), call.header("Host"))) {
            throw ProblemException.of(403, "forbidden", "only a page of this server's may make trouble");
        }
        if (!mayTrouble(call.request)) {
            throw ProblemException.of(
                    403, "forbidden", "labTrouble is " + troubleFor.name().toLowerCase(Locale.ROOT) + " here");
        }
        if (!call.isKnown()) {
            throw ProblemException.of(403, "forbidden", "the run's guest is known by a cookie, and none came");
        }
        Person guest = call.person();
        take(troubleRate, guest);
        call.exchange();
        try {
            Body.read(
                    call.request,
                    MAX_BODY_BYTES,
                    body -> trouble(call, guest, new Target("", new String(body, StandardCharsets.UTF_8))),
                    refused -> call.fail(Problems.of(refused.refusal())));
        } catch (IOException e) {
            throw ProblemException.of(400, "bad_message", "body: it cannot be read");
        }
    }

    private static void trouble(Call call, Person guest, Target form) {
        try {
            Run run = run(call, guest, form);
            String way = form.parameter("way").orElse("");
            WayName name = WayName.of(way).orElseThrow(() -> MessagesResource.bad("way: '" + Texts.excerpt(way) + "'"));
            Trouble trouble = trouble(form);
            Effect effect = run.trouble(name, trouble);
            answer(
                    call,
                    Json.createObjectBuilder()
                            .add("kind", trouble.kind().wire())
                            .add("seconds", trouble.lasting().toSeconds())
                            .add("connections", effect.connections())
                            .add("abruptly", effect.abruptly())
                            .build());
        } catch (ProtocolException e) {
            call.fail(Problems.of(e.refusal()));
        } catch (ProblemException e) {
            call.fail(e.problem());
        }
    }

    private static Trouble trouble(Target form) {
        String named = form.parameter("kind").orElse("");
        Trouble.Kind kind =
                Trouble.Kind.of(named).orElseThrow(() -> MessagesResource.bad("kind: '" + Texts.excerpt(named) + "'"));
        int amount = kind.parameter().isEmpty() ? 0 : number(form, kind.parameter(), kind.least(), kind.most(), "");
        int longest = (int) Trouble.LONGEST.toSeconds();
        int seconds = number(form, "seconds", 1, longest, String.valueOf(DEFAULT_SECONDS));
        return new Trouble(kind, amount, Duration.ofSeconds(seconds));
    }

    private static int number(Target form, String name, int least, int most, String byDefault) {
        String text = form.parameter(name).orElse(byDefault);
        int value = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw MessagesResource.bad(
                    name + ": '" + Texts.excerpt(text) + "', not a number from " + least + " to " + most);
        }
        return value;
    }

    private boolean mayTrouble(HttpServletRequest request) {
        return switch (troubleFor) {
            case ALL -> true;
            case NONE -> false;
            case LOCAL -> isLocal(request);
        };
    }

    /** A proxy on this machine says that it is one, or passes on the name that people know the server by. */
    private static boolean isLocal(HttpServletRequest request) {
        boolean proxied = Stream.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
                .anyMatch(name -> request.getHeader(name) != null);
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
        boolean known = host.matches("(localhost|127\\.[0-9.]{5,11}|\\[::1])(:[0-9]{1,5})?");
        try {
            return !proxied
                    && known
                    && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
