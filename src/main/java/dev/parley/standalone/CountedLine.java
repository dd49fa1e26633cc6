package dev.parley.standalone;

import dev.parley.lab.Way;
import dev.parley.lab.Wire;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.nio.NIOConnection;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one TCP connection, for the lab. While no request on it takes part in a run, this adds up what is read and
 * nothing else. What was read since the request before belongs to the request that it makes whole; what is written from then
 * on, until the next request, is its answer; after an upgrade everything is the WebSocket's, so its reads and writes are
 * counted where Grizzly makes them, below every filter and writer.
 *
 * <p>Requests come one after the other on the connection's reading thread; writes may come on any.
 */
final class CountedLine extends ConnectionProbe.Adapter {

    private final NIOConnection connection;
    private volatile Set<Way> carried = Set.of();
    private long unclaimed;
    private volatile @Nullable Way way;
    private volatile @Nullable Wire wire;
    private volatile boolean upgraded;

    CountedLine(NIOConnection connection) {
        this.connection = connection;
    }

    /** So many bytes came from the client, before the HTTP codec. */
    void read(int bytes) {
        unclaimed += bytes;
    }

    /** A request came that takes part in nothing. */
    void asked() {
        unclaimed = 0;
        way = null;
    }

    /** A request of {@code tagged} came; what is returned is to be run when it is answered. */
    Runnable asked(Way tagged) {
        if (carried.isEmpty()) {
            carried = ConcurrentHashMap.newKeySet();
            connection.getMonitoringConfig().addProbes(this);
            connection.addCloseListener((closed, type) -> closed());
        }
        if (carried.add(tagged)) {
            tagged.connected();
        }
        tagged.in(unclaimed);
        unclaimed = 0;
        way = tagged;
        Wire own = new Passing(connection);
        wire = own;
        tagged.begun(own);
        return () -> {
            if (!upgraded) {
                tagged.ended(own);
            }
        };
    }

    /** It is no HTTP any more. */
    void upgraded() {
        upgraded = true;
    }

    private void closed() {
        carried.forEach(Way::disconnected);
        Way last = way;
        Wire own = wire;
        if (last != null && own != null) {
            last.ended(own);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onReadEvent(Connection read, Buffer data, int size) {
        Way counting = way;
        if (upgraded && counting != null && size > 0) {
            counting.in(size);
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onWriteEvent(Connection written, Buffer data, long size) {
        Way counting = way;
        if (counting != null && size > 0) {
            counting.out(size);
        }
    }

    /** One request, or the WebSocket it became. */
    private static final class Passing implements Wire {

        private final NIOConnection connection;

        Passing(NIOConnection connection) {
            this.connection = connection;
        }

        /** With a reset, so that nothing that is still on its way arrives. */
        @Override
        public void cut() {
            Sockets.reset(connection);
        }

        @Override
        public boolean cutsAbruptly() {
            return true;
        }
    }
}
