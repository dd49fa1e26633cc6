package dev.parley.websocket;

import dev.parley.access.Admissions;
import dev.parley.access.ForwardedFor;
import dev.parley.access.Guests;
import dev.parley.access.Origins;
import dev.parley.delivery.Delivery;
import dev.parley.lab.Lab;
import dev.parley.protocol.Limits;
import dev.parley.request.History;
import dev.parley.request.Posting;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the endpoints work with. The container makes endpoints and configurators with no argument, so the web application
 * leaves this here before it deploys them, one for each class loader. Immutable.
 *
 * @param posting how messages get into the log
 * @param history how pages of it are read
 * @param delivery how messages get to clients
 * @param guests who a cookie is
 * @param origins which pages may come
 * @param admissions how many connections there may be
 * @param forwardedFor whose address counts
 * @param limits what a client may do
 * @param contextPath the web application's, empty for the root
 * @param blocking runs what may block: closing a session, on some containers
 * @param lab what is measured, and troubled
 */
public record ChatEdge(
        Posting posting,
        History history,
        Delivery delivery,
        Guests guests,
        Origins origins,
        Admissions admissions,
        ForwardedFor forwardedFor,
        Limits limits,
        String contextPath,
        Executor blocking,
        Lab lab) {

    private static final AtomicReference<ChatEdge> CURRENT = new AtomicReference<>();

    /** Leaves this for the endpoints. */
    public void install() {
        CURRENT.set(this);
    }

    /** Takes back what was left. */
    public static void uninstall() {
        CURRENT.set(null);
    }

    /** What was left, while the web application runs. */
    static Optional<ChatEdge> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
