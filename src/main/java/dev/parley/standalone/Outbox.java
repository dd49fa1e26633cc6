package dev.parley.standalone;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.NIOTransport;

/**
 * What waits to be written to one connection, in order and counted, and nothing after the last frame. Thread-safe: whoever
 * finds nobody at it writes what everybody has left here, holding no lock; a write never waits for the client.
 */
final class Outbox {

    /** A writer that waits is told to go on when no more bytes than this wait here. */
    static final int LOW_BYTES = 64 * 1024;

    /** No more is read from a client for which more bytes than this wait. */
    static final int HIGH_BYTES = 256 * 1024;

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final NIOConnection connection;
    private final Runnable progress;
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean closing;
    private volatile long progressAt;
    private boolean lastTaken;

    /** {@code progress} runs on any thread each time when fewer bytes wait than before. */
    Outbox(NIOConnection connection, Runnable progress) {
        this.connection = connection;
        this.progress = progress;
        connection.getMonitoringConfig().addProbes(new ConnectionProbe.Adapter() {
            @Override
            @SuppressWarnings("rawtypes")
            public void onWriteEvent(Connection written, Buffer data, long size) {
                if (size > 0) {
                    progressAt = System.nanoTime();
                }
            }
        });
    }

    /** Takes one frame; false if the connection is closed, or was told to close, or lets far too much wait. */
    boolean offer(ByteBuffer frame, boolean last) {
        int length = frame.remaining();
        if (closing || !connection.isOpen()) {
            return false;
        }
        long before = waiting.getAndAdd(length);
        if (before == 0 || last) {
            progressAt = System.nanoTime();
        }
        if (before > MOST_BYTES) {
            connection.terminateSilently();
            return false;
        }
        if (last) {
            closing = true;
        }
        items.add(new Item(frame, length, last));
        drain();
        return true;
    }

    private void drain() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Item item;
            while ((item = items.poll()) != null) {
                write(item);
            }
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Called by one thread at a time. */
    private void write(Item item) {
        if (lastTaken) {
            written(item.length());
            return;
        }
        lastTaken = item.last();
        NIOTransport transport = (NIOTransport) connection.getTransport();
        transport
                .getWriter(false)
                .write(
                        connection,
                        Buffers.wrap(transport.getMemoryManager(), item.frame()),
                        new EmptyCompletionHandler<WriteResult<WritableMessage, SocketAddress>>() {
                            @Override
                            public void completed(WriteResult<WritableMessage, SocketAddress> r) {
                                written(item.length());
                            }

                            @Override
                            public void failed(Throwable failure) {
                                connection.terminateWithReason(new IOException(failure));
                                written(item.length());
                            }
                        });
    }

    private void written(int bytes) {
        waiting.addAndGet(-bytes);
        progress.run();
    }

    long waiting() {
        return waiting.get();
    }

    /** Whether the last frame has been offered. */
    boolean isClosing() {
        return closing;
    }

    /** Since when nothing has gone out, or the last frame was offered; as {@link System#nanoTime()}. */
    long progressAt() {
        return progressAt;
    }

    private record Item(ByteBuffer frame, int length, boolean last) {}
}
