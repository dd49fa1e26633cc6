package dev.parley.standalone;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
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
 *
 * <p>Frames go straight to the socket. What it does not take at once is left to Grizzly, which knows when it will, and
 * until that is gone nothing else is written. So is the first frame, for the answer to the handshake may still wait there.
 */
final class Outbox {

    /** A writer that waits is told to go on when no more bytes than this wait here. */
    static final int LOW_BYTES = 64 * 1024;

    /** No more is read from a client for which more bytes than this wait. */
    static final int HIGH_BYTES = 256 * 1024;

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final NIOConnection connection;
    private final Runnable progress;

    /** Who counts what is written: those that were there before. Grizzly tells them of what it writes itself. */
    private final ConnectionProbe[] counting;

    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean closing;
    private volatile long progressAt;

    /** Whether Grizzly has bytes that must go first. */
    private volatile boolean handedOver;

    /** Confined to whoever has the turn. */
    private boolean begun;

    /** Whether the last frame was taken, or the connection broke. */
    private volatile boolean ended;

    /** {@code progress} runs on any thread each time when fewer bytes wait than before. */
    Outbox(NIOConnection connection, Runnable progress) {
        this.connection = connection;
        this.progress = progress;
        this.counting = connection.getMonitoringConfig().getProbes();
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
        return offer(new Item(frame, frame.remaining(), last, false));
    }

    /** Takes one frame whose bytes never change and go to many connections, as {@link #offer(ByteBuffer, boolean)}. */
    boolean offerShared(byte[] frame) {
        boolean mine = hold();
        try {
            return mine && isIdle() && writeAlone(frame)
                    || offer(new Item(ByteBuffer.wrap(frame), frame.length, false, true));
        } finally {
            if (mine) {
                release();
            }
        }
    }

    private boolean isIdle() {
        return begun && !ended && !closing && !handedOver && items.isEmpty() && connection.isOpen();
    }

    /** Writes a frame that nothing waits before; false if it is too large for that. */
    private boolean writeAlone(byte[] frame) {
        if (frame.length > Gathered.MOST_BYTES) {
            return false;
        }
        try {
            int wrote = write(Gathered.of(frame));
            int left = frame.length - wrote;
            if (left > 0) {
                progressAt = System.nanoTime();
                waiting.addAndGet(left);
                handOver(new Item(ByteBuffer.wrap(frame, wrote, left), left, false, false));
            }
        } catch (IOException e) {
            fail(e);
        }
        return true;
    }

    private boolean offer(Item item) {
        if (closing || !connection.isOpen()) {
            return false;
        }
        long before = waiting.getAndAdd(item.length());
        if (before == 0 || item.last()) {
            progressAt = System.nanoTime();
        }
        if (before > MOST_BYTES) {
            connection.terminateSilently();
            return false;
        }
        if (item.last()) {
            closing = true;
        }
        items.add(item);
        drain();
        return true;
    }

    /**
     * Keeps the turn, so that what is offered from now on is written together in {@link #release}; false if somebody has it,
     * and nothing is to be released.
     */
    boolean hold() {
        return turns.compareAndSet(0, 1);
    }

    /** Writes what was offered since {@link #hold}. */
    void release() {
        int seen = 1;
        do {
            while (!handedOver && writeSome()) {
                // goes on
            }
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    private void drain() {
        if (turns.getAndIncrement() == 0) {
            release();
        }
    }

    /** Writes the oldest frames, as many as go together; false if there is none. Called by one thread at a time. */
    private boolean writeSome() {
        if (items.isEmpty()) {
            return false;
        }
        boolean all = true;
        if (begun && !ended) {
            try {
                all = writeNow();
            } catch (IOException e) {
                fail(e);
            }
        } else if (!begun) {
            begun = true;
            all = false;
        }
        Item item;
        while ((item = items.peek()) != null && (ended || !item.frame().hasRemaining())) {
            items.remove();
            ended |= item.last();
            written(item.length());
        }
        if (item != null && !all) {
            items.remove();
            ended |= item.last();
            handOver(item);
        }
        return true;
    }

    /** Whether the socket took all that was tried. */
    private boolean writeNow() throws IOException {
        ByteBuffer together = Gathered.of(items);
        int tried = together.remaining();
        int wrote = write(together);
        int left = wrote;
        Iterator<Item> written = items.iterator();
        while (left > 0) {
            ByteBuffer frame = written.next().frame();
            int part = Math.min(left, frame.remaining());
            frame.position(frame.position() + part);
            left -= part;
        }
        return wrote == tried;
    }

    /** Writes what the socket takes now. */
    private int write(ByteBuffer bytes) throws IOException {
        int wrote = ((SocketChannel) connection.getChannel()).write(bytes);
        if (wrote > 0) {
            progressAt = System.nanoTime();
            for (ConnectionProbe probe : counting) {
                probe.onWriteEvent(connection, Buffers.EMPTY_BUFFER, wrote);
            }
        }
        return wrote;
    }

    /** Nothing more can be written. */
    private void fail(Throwable failure) {
        ended = true;
        connection.terminateWithReason(new IOException(failure));
    }

    private void handOver(Item item) {
        handedOver = true;
        NIOTransport transport = (NIOTransport) connection.getTransport();
        transport
                .getWriter(false)
                .write(
                        connection,
                        Buffers.wrap(transport.getMemoryManager(), item.frame()),
                        new EmptyCompletionHandler<WriteResult<WritableMessage, SocketAddress>>() {
                            @Override
                            public void completed(WriteResult<WritableMessage, SocketAddress> r) {
                                handedOver = false;
                                written(item.length());
                                drain();
                            }

                            @Override
                            public void failed(Throwable failure) {
                                fail(failure);
                                handedOver = false;
                                written(item.length());
                                drain();
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

    /** A frame that waits; of a shared one the bytes never change and go to many connections. */
    record Item(ByteBuffer frame, int length, boolean last, boolean shared) {}
}
