package dev.parley.standalone;

import dev.parley.lab.Lab;
import java.time.Duration;
import java.util.Optional;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;

/**
 * Cuts HTTP connections on which no whole request has come for {@link #LIMIT}: ones that say nothing, ones that
 * say it byte by byte, and kept-alive ones that nobody uses. A request under way has all the time it takes, but for a client
 * that does not read its answer: that is cut, too. Thread-safe.
 */
final class HttpDeadlines {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Attribute<HttpLine> STATE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpDeadlines.class.getName() + ".state");

    private final Watch watch;
    private final Duration limit;
    private final Duration stallTimeout;
    private final Optional<Lab> lab;

    /** {@code stallTimeout}: how long what waits to be written may make no progress. */
    HttpDeadlines(Watch watch, Duration limit, Duration stallTimeout, Optional<Lab> lab) {
        this.lab = lab;
        this.watch = watch;
        this.limit = limit;
        this.stallTimeout = stallTimeout;
    }

    /** Puts itself around the HTTP codec. */
    void install(FilterChainBuilder chain) {
        int codec = chain.indexOfType(HttpServerFilter.class);
        chain.add(codec + 1, new Requests(STATE, lab));
        chain.add(codec, new Connections());
    }

    /** Forgets a connection that is not HTTP any more. */
    static void upgraded(Connection<?> connection) {
        HttpLine line = STATE.get(connection);
        if (line != null) {
            line.end();
            connection.removeCloseListener(line);
        }
    }

    /** Before the codec: sees connections come, and their bytes. */
    private final class Connections extends BaseFilter {

        @Override
        public NextAction handleAccept(FilterChainContext ctx) {
            Connection<?> connection = ctx.getConnection();
            HttpLine line = new HttpLine((TCPNIOConnection) connection, watch, limit, stallTimeout);
            STATE.set(connection, line);
            watch.add(line);
            connection.addCloseListener(line);
            return ctx.getInvokeAction();
        }

        @Override
        public NextAction handleRead(FilterChainContext ctx) {
            HttpLine line = STATE.get(ctx.getConnection());
            if (line != null && ctx.getMessage() instanceof Buffer bytes) {
                line.counted().read(bytes.remaining());
            }
            return ctx.getInvokeAction();
        }
    }
}
