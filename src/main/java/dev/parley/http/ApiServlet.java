package dev.parley.http;

import dev.parley.protocol.ProtocolException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * What every path of the API has in common: the Origin is checked, faults are answered as problems, nothing is cached or
 * sniffed. Thread-safe.
 */
abstract class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final System.Logger LOGGER = System.getLogger(ApiServlet.class.getName());

    private final transient HttpEdge edge;

    ApiServlet(HttpEdge edge) {
        this.edge = edge;
    }

    /** Called for every request, before any is turned away. Does nothing. */
    void arrived(Call call) {}

    /** Answers, or throws a {@link ProblemException} or {@link ProtocolException} that is answered. */
    abstract void serve(Call call);

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) {
        Call call = new Call(edge, request, response);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        try {
            arrived(call);
            admit(call);
            serve(call);
        } catch (ProblemException e) {
            call.fail(e.problem());
        } catch (ProtocolException e) {
            call.fail(Problems.of(e.refusal()));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "A request failed", e);
            call.fail(Problems.of(500, "server_fault", "the server failed"));
        } finally {
            call.returned();
        }
    }

    /** The rule of WebSocket's handshake; a page of another origin that may come is told so (Fetch standard, CORS). */
    private static void admit(Call call) {
        Optional<String> origin = call.header("Origin");
        if (!call.edge.origins().allows(origin, call.header("Host"))) {
            throw ProblemException.of(403, "forbidden", "origin not allowed");
        }
        origin.ifPresent(page -> {
            call.response.setHeader("Access-Control-Allow-Origin", page);
            call.response.addHeader("Vary", "Origin");
            if (call.request.getMethod().equals("OPTIONS")) {
                call.response.setHeader("Access-Control-Allow-Methods", "GET, POST");
                call.response.setHeader("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key, Last-Event-ID");
            }
        });
    }
}
