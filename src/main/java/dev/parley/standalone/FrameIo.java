package dev.parley.standalone;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * Where connections are read: HTTP on the workers, for a Servlet may block; frames right on the thread that selects, since
 * nothing that takes them does, and a hand-over costs more than most frames. Stateless.
 */
final class FrameIo implements IOStrategy {

    private static IOStrategy of(Connection<?> connection) {
        return FrameFilter.isAttached(connection)
                ? SameThreadIOStrategy.getInstance()
                : WorkerThreadIOStrategy.getInstance();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public boolean executeIoEvent(Connection connection, IOEvent event) throws IOException {
        return of(connection).executeIoEvent(connection, event);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public boolean executeIoEvent(Connection connection, IOEvent event, boolean enabled) throws IOException {
        return of(connection).executeIoEvent(connection, event, enabled);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Executor getThreadPoolFor(Connection connection, IOEvent event) {
        return of(connection).getThreadPoolFor(connection, event);
    }

    @Override
    public ThreadPoolConfig createDefaultWorkerPoolConfig(Transport transport) {
        return WorkerThreadIOStrategy.getInstance().createDefaultWorkerPoolConfig(transport);
    }
}
