package dev.parley.standalone;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.http.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.ICloseType;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;

/**
 * A TCP connection that speaks HTTP, with its deadlines. Thread-safe.
 *
 * <p>While an answer takes its time, Grizzly does not read, so nobody would see the client go; this looks every
 * {@link #PEEK}. A byte that it finds is a further request, sent before the answer to the one under way: it cannot be given
 * back, so the connection is closed after that answer, which whoever pipelines must be ready for (RFC 9112, 9.3.2).
 */
final class HttpLine implements Line, Watch.Watched, CloseListener<Closeable, ICloseType> {

    private static final Duration PEEK = Duration.ofSeconds(2);

    /** What may wait to be written to a stream before it counts as not ready. */
    private static final int HELD_QUEUE_BYTES = 64 * 1024;

    private static final int UNBOUNDED = -1;

    private final TCPNIOConnection connection;
    private final Watch watch;
    private final Duration limit;
    private final Duration stallTimeout;
    private final CountedLine counted;

    @GuardedBy("this")
    private int requests;

    @GuardedBy("this")
    private long idleSince = System.nanoTime();

    @GuardedBy("this")
    private Optional<Runnable> gone = Optional.empty();

    @GuardedBy("this")
    private long peeked;

    @GuardedBy("this")
    private boolean pipelined;

    @GuardedBy("this")
    private int waitingBytes;

    @GuardedBy("this")
    private long stalledSince;

    HttpLine(TCPNIOConnection connection, Watch watch, Duration limit, Duration stallTimeout) {
        this.connection = connection;
        this.watch = watch;
        this.limit = limit;
        this.stallTimeout = stallTimeout;
        this.counted = new CountedLine(connection);
    }

    /** Its bytes. */
    CountedLine counted() {
        return counted;
    }

    synchronized void requests(int more) {
        requests += more;
        idleSince = System.nanoTime();
        gone = Optional.empty();
        if (pipelined && requests == 0) {
            connection.closeSilently();
        }
    }

    @Override
    public synchronized void hold(Runnable whenGone) {
        gone = Optional.of(whenGone);
        peeked = System.nanoTime();
        connection.setMaxAsyncWriteQueueSize(HELD_QUEUE_BYTES);
    }

    @Override
    public synchronized void release() {
        gone = Optional.empty();
        connection.setMaxAsyncWriteQueueSize(UNBOUNDED);
    }

    @Override
    public void cut() {
        connection.terminateSilently();
    }

    @Override
    public void check(long now) {
        Optional<Runnable> lost;
        synchronized (this) {
            if (isLate(now) || isStalled(now)) {
                cut();
            }
            lost = isGone(now) ? gone : Optional.empty();
            if (lost.isPresent()) {
                gone = Optional.empty();
            }
        }
        lost.ifPresent(Runnable::run);
    }

    @GuardedBy("this")
    private boolean isLate(long now) {
        return requests == 0 && now - idleSince > limit.toNanos();
    }

    @GuardedBy("this")
    private boolean isStalled(long now) {
        int waiting = connection.getAsyncWriteQueue().spaceInBytes();
        if (waiting == 0 || waiting < waitingBytes || waitingBytes == 0) {
            stalledSince = now;
        }
        waitingBytes = waiting;
        return now - stalledSince > stallTimeout.toNanos();
    }

    @GuardedBy("this")
    private boolean isGone(long now) {
        if (gone.isEmpty() || pipelined || now - peeked < PEEK.toNanos()) {
            return false;
        }
        peeked = now;
        try {
            int count = ((SocketChannel) connection.getChannel()).read(ByteBuffer.allocate(1));
            pipelined = count > 0;
            return count < 0;
        } catch (IOException broken) {
            return true;
        }
    }

    @Override
    public void onClosed(Closeable connection, ICloseType type) {
        end();
    }

    /** The connection is closed, or is not HTTP any more. */
    void end() {
        watch.remove(this);
        counted.upgraded();
        Optional<Runnable> lost;
        synchronized (this) {
            lost = gone;
            gone = Optional.empty();
        }
        lost.ifPresent(Runnable::run);
    }
}
