package dev.parley.http;

import dev.parley.request.Target;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /echo} over HTTP: GET tells what the request looked like when it came here, POST gives its body back, or with
 * {@code ?facts} the same facts. Whatever the type, a browser treats it as a page without a script. Thread-safe.
 */
public final class EchoServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    /** Larger bodies come while they are read, after which Grizzly at times forgets to read the connection again. */
    private static final int MAX_KEPT_ALIVE_BYTES = 256 * 1024;

    private final int maxBytes;

    /** Takes bodies of up to {@code maxBytes}. */
    public EchoServlet(HttpEdge edge, int maxBytes) {
        super(edge);
        this.maxBytes = maxBytes;
    }

    @Override
    void serve(Call call) {
        call.requireMethod("GET", "HEAD", "POST");
        call.response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        if (call.isRead()) {
            call.answer(200, "application/json", facts(call));
            return;
        }
        boolean asked = call.target().query().startsWith("facts");
        String type = asked ? "application/json" : call.header("Content-Type").orElse("application/octet-stream");
        byte[] facts = asked ? facts(call) : new byte[0];
        call.exchange();
        try {
            Body.read(
                    call.request,
                    maxBytes,
                    body -> {
                        closeAfter(call, body.length);
                        call.answer(200, type, asked ? facts : body);
                    },
                    refused -> {
                        closeAfter(call, maxBytes);
                        call.fail(Problems.of(refused.refusal()));
                    });
        } catch (IOException e) {
            throw ProblemException.of(400, "bad_message", "body: it cannot be read");
        }
    }

    private static void closeAfter(Call call, int bytes) {
        if (bytes > MAX_KEPT_ALIVE_BYTES) {
            call.response.setHeader("Connection", "close");
        }
    }

    private static byte[] facts(Call call) {
        HttpServletRequest request = call.request;
        JsonObjectBuilder facts = Json.createObjectBuilder()
                .add("method", request.getMethod())
                .add("uri", request.getRequestURI())
                .add("query", call.target().query());
        JsonObjectBuilder parameters = Json.createObjectBuilder();
        for (String name : names(call.target().query())) {
            JsonArrayBuilder values = Json.createArrayBuilder();
            call.target().parameters(name).forEach(values::add);
            parameters.add(name, values);
        }
        JsonObjectBuilder headers = Json.createObjectBuilder();
        Optional.ofNullable(request.getHeaderNames())
                .ifPresent(all -> Collections.list(all).forEach(name -> {
                    JsonArrayBuilder values = Json.createArrayBuilder();
                    call.headers(name).forEach(values::add);
                    headers.add(name.toLowerCase(Locale.ROOT), values);
                }));
        facts.add("parameters", parameters).add("headers", headers);
        facts.add("remoteAddress", call.address()).add("protocol", request.getProtocol());
        return facts.add("secure", request.isSecure()).build().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As they are decoded by {@link Target}. */
    private static Set<String> names(String query) {
        Set<String> names = new LinkedHashSet<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                names.add(Target.segment(pair.substring(0, equals)));
            }
        }
        return names;
    }
}
