package dev.parley.standalone;

import dev.parley.delivery.Connection.Written;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;
import org.jspecify.annotations.Nullable;

/**
 * One upgraded connection, between Grizzly and its end: a chat, an echo, or a session of Tyrus's. Nothing in it waits for the client:
 *
 * <ul>
 *   <li>An asynchronous send is complete when few bytes wait to be written, so whoever sends one at a time feels how fast
 *       the client reads. Blocking sends and control frames are complete at once.
 *   <li>While many bytes wait, nothing is read from the client. What it makes the server say is bounded by that.
 *   <li>A connection to which nothing could be written for its time is reset, TCP connection and all.
 *   <li>After the last frame, TCP closes when the client has answered, at once if the client broke the protocol, and after
 *       {@link #CLOSE_TIMEOUT} if it does nothing.
 * </ul>
 *
 * <p>Thread-safe; frames in, and the loss of the connection, are told to the end by one thread at a time.
 */
final class Peer extends Writer implements FrameReader.Sink, Watch.Watched {

    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final NIOConnection connection;
    private final Duration stallTimeout;
    private final Outbox outbox;
    private final FrameReader reader = new FrameReader(this);
    private final Queue<Written> held = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Runnable> paused = new AtomicReference<>();
    private final AtomicBoolean busy = new AtomicBoolean(true);
    private volatile @Nullable End end;
    private volatile boolean lost;
    private volatile boolean deaf;
    private volatile boolean failed;
    private volatile byte @Nullable [] clientClose;

    /** What a connection leads to. Called by one thread at a time, but for {@link #close}. */
    interface End {

        /** A part of a message, a ping or a pong: right, without a mask, its bytes the callee's. */
        void frame(ByteBuffer frame) throws Violation;

        /** The client's close frame, which has to be answered. */
        void closed(byte[] payload);

        /** Sends a close frame; with code 1006 the connection is lost, and none can be sent. */
        void close(int code, String reason);
    }

    /** {@code stallTimeout} is how long writes may make no progress. Deaf until {@link #open}. */
    Peer(NIOConnection connection, Duration stallTimeout) {
        this.connection = connection;
        this.stallTimeout = stallTimeout;
        this.outbox = new Outbox(connection, this::progressed);
    }

    /** Called once, when whatever is to be done when a session opens was done. */
    void open(End opened) {
        end = opened;
        leave();
    }

    // ---- in

    /** Takes bytes from the client, all of them. What they are answered with at once goes out together. */
    void read(ByteBuffer in) {
        if (deaf || !busy.compareAndSet(false, true)) {
            return;
        }
        boolean held = outbox.hold();
        try {
            reader.read(in);
        } catch (Violation violation) {
            deaf = true;
            failed = true;
            close(violation.code(), violation.reason());
        } finally {
            if (held) {
                outbox.release();
            }
            leave();
        }
    }

    @Override
    public void data(ByteBuffer frame) throws Violation {
        End to = end;
        if (to != null && !outbox.isClosing()) {
            to.frame(frame);
        }
    }

    @Override
    public void control(ByteBuffer frame) throws Violation {
        data(frame);
    }

    @Override
    public void close(byte[] payload) {
        deaf = true;
        clientClose = payload;
        End to = end;
        if (outbox.isClosing()) {
            closeIfDone();
        } else if (to != null) {
            to.closed(payload);
        }
    }

    private void close(int code, String reason) {
        End to = end;
        if (to != null) {
            to.close(code, reason);
        }
        closeIfDone();
    }

    /** Called by any thread when the TCP connection is gone. */
    void lost() {
        lost = true;
        deaf = true;
        progressed();
        if (busy.compareAndSet(false, true)) {
            close(CloseCodes.CLOSED_ABNORMALLY.getCode(), "");
        }
    }

    private void leave() {
        busy.set(false);
        if (lost) {
            lost();
        }
    }

    /** Whether the client should be read no further now; then {@link #pause} must follow. */
    boolean hasMuchToWrite() {
        return outbox.waiting() > Outbox.HIGH_BYTES;
    }

    /** Runs {@code resume} once, on any thread, when reading may go on. */
    void pause(Runnable resume) {
        paused.set(resume);
        progressed();
    }

    // ---- out

    @Override
    @Deprecated
    public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {
        write(frame, handler, new WriterInfo(null, WriterInfo.RemoteEndpointType.ASYNC));
    }

    @Override
    public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler, WriterInfo info) {
        boolean last = info.getMessageType() == WriterInfo.MessageType.CLOSE;
        if (!outbox.offer(last ? closeFrame(frame) : frame, last)) {
            handler.failed(new IOException("the connection is closed"));
        } else if (info.getRemoteEndpointType() != WriterInfo.RemoteEndpointType.ASYNC
                || outbox.waiting() <= Outbox.LOW_BYTES) {
            handler.completed(frame);
        } else {
            held.add(failure -> {
                if (failure == null) {
                    handler.completed(frame);
                } else {
                    handler.failed(failure);
                }
            });
            progressed();
        }
    }

    /** Sends a frame that goes to many. Complete as an asynchronous send is. */
    void send(byte[] frame, Written written) {
        if (!outbox.offerShared(frame)) {
            written.done(new IOException("the connection is closed"));
        } else if (outbox.waiting() <= Outbox.LOW_BYTES) {
            written.done(null);
        } else {
            held.add(written);
            progressed();
        }
    }

    /** Sends a frame, if anything can be sent. */
    void send(ByteBuffer frame) {
        outbox.offer(frame, false);
    }

    /** Makes a ping the pong that answers it (RFC 6455, section 5.5.3), and sends it. */
    void answerPing(ByteBuffer ping) {
        send(ping.put(0, (byte) (0x80 | FrameHeader.PONG)));
    }

    /** Sends the last frame; with code 1006 the connection is lost, and there is none. */
    void sendClose(int code, String reason) {
        if (code != CloseCodes.CLOSED_ABNORMALLY.getCode()) {
            sendClose(CloseRules.payload(code, reason));
        }
    }

    /** Sends the last frame. */
    void sendClose(byte[] payload) {
        outbox.offer(closeFrame(CloseRules.frame(payload)), true);
    }

    /** A client's close frame is answered with what it says itself. */
    private ByteBuffer closeFrame(ByteBuffer ours) {
        byte[] theirs = clientClose;
        return theirs == null ? ours : CloseRules.frame(theirs);
    }

    private void progressed() {
        if (outbox.waiting() <= Outbox.LOW_BYTES || lost) {
            Runnable resume = paused.getAndSet(null);
            if (resume != null) {
                resume.run();
            }
            Written done;
            while ((done = held.poll()) != null) {
                done.done(lost ? new IOException("the connection is lost") : null);
            }
        }
        closeIfDone();
    }

    /** Called by Tyrus when it has sent a close frame, and when it gives up. */
    @Override
    public void close() {
        if (!outbox.isClosing()) {
            connection.closeSilently();
        }
    }

    private void closeIfDone() {
        if (!outbox.isClosing() || outbox.waiting() > 0) {
            return;
        }
        if (clientClose != null) {
            connection.closeSilently();
        } else if (failed) {
            Sockets.endOutput(connection);
        }
    }

    /** Closes with 1001, as a server that goes. */
    void goAway() {
        close(CloseCodes.GOING_AWAY.getCode(), "the server stops");
    }

    // ---- time

    @Override
    public void check(long now) {
        boolean writing = outbox.waiting() > 0;
        if (writing || outbox.isClosing()) {
            Duration most = outbox.isClosing() ? CLOSE_TIMEOUT : stallTimeout;
            if (now - outbox.progressAt() > most.toNanos()) {
                if (writing) {
                    Sockets.reset(connection);
                } else {
                    connection.terminateSilently();
                }
            }
        }
    }
}
