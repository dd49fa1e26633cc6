package dev.parley.standalone;

import java.time.Duration;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpServerFilter;

/**
 * Cuts HTTP connections on which no whole request head has come for {@link #LIMIT}: ones that say nothing, ones that
 * say it byte by byte, and kept-alive ones that nobody uses. A request under way has all the time it takes. Thread-safe.
 */
final class HttpDeadlines {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Attribute<State> STATE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpDeadlines.class.getName() + ".state");

    private final Watch watch;
    private final Duration limit;

    HttpDeadlines(Watch watch, Duration limit) {
        this.watch = watch;
        this.limit = limit;
    }

    /** Puts itself around the HTTP codec. */
    void install(FilterChainBuilder chain) {
        int codec = chain.indexOfType(HttpServerFilter.class);
        chain.add(codec + 1, new Requests());
        chain.add(codec, new Connections());
    }

    /** Forgets a connection that is not HTTP any more. */
    static void upgraded(Connection<?> connection) {
        State state = STATE.get(connection);
        if (state != null) {
            state.end();
        }
    }

    /** Before the codec: sees connections come. */
    private final class Connections extends BaseFilter {

        @Override
        public NextAction handleAccept(FilterChainContext ctx) {
            Connection<?> connection = ctx.getConnection();
            State state = new State(connection);
            STATE.set(connection, state);
            watch.add(state);
            connection.addCloseListener((closed, type) -> state.end());
            return ctx.getInvokeAction();
        }
    }

    /** Behind the codec: sees requests whose heads are whole, and their ends. */
    private static final class Requests extends BaseFilter {

        @Override
        public NextAction handleRead(FilterChainContext ctx) {
            State state = STATE.get(ctx.getConnection());
            if (state != null) {
                state.requests(1);
                ctx.addCompletionListener(done -> state.requests(-1));
            }
            return ctx.getInvokeAction();
        }
    }

    private final class State implements Watch.Watched {

        private final Connection<?> connection;
        private int requests;
        private long idleSince = System.nanoTime();

        State(Connection<?> connection) {
            this.connection = connection;
        }

        synchronized void requests(int more) {
            requests += more;
            idleSince = System.nanoTime();
        }

        private synchronized boolean isLate(long now) {
            return requests == 0 && now - idleSince > limit.toNanos();
        }

        @Override
        public void check(long now) {
            if (isLate(now)) {
                connection.terminateSilently();
            }
        }

        void end() {
            watch.remove(this);
        }
    }
}
