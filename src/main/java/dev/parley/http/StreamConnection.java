package dev.parley.http;

import dev.parley.delivery.Connection;
import dev.parley.delivery.Pump;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer that does not end, as the pump sees it. The client says nothing on it, so what it lets us write is its sign of
 * life. Thread-safe; the pump has one write under way at a time.
 */
final class StreamConnection implements Connection {

    private static final byte[] NOTHING = {};

    private final Exchange exchange;
    private final byte[] comment;
    private final Function<Frame, byte[]> afterwards;
    private final Runnable ended;
    private final AtomicReference<byte[]> beginning;
    private final AtomicReference<@Nullable Pump> pump = new AtomicReference<>();

    /**
     * A stream on {@code exchange}.
     *
     * @param beginning what comes before the first frame
     * @param comment what is written to see whether the client is there
     * @param afterwards what is written after each frame, nothing as a rule
     * @param ended called when it is closed
     */
    StreamConnection(
            Exchange exchange, String beginning, String comment, Function<Frame, byte[]> afterwards, Runnable ended) {
        this.exchange = exchange;
        this.beginning = new AtomicReference<>(beginning.getBytes(StandardCharsets.UTF_8));
        this.comment = comment.getBytes(StandardCharsets.UTF_8);
        this.afterwards = afterwards;
        this.ended = ended;
    }

    /** Who writes to it; the client hanging up closes both. */
    void serve(Pump writer) {
        pump.set(writer);
        exchange.hold(() -> {
            writer.closed();
            ended.run();
        });
    }

    @Override
    public void write(Frame frame, Written written) {
        write(frame.bytes(), afterwards.apply(frame), written);
    }

    @Override
    public void ping(Written written) {
        write(comment, NOTHING, written);
    }

    private void write(byte[] bytes, byte[] rest, Written written) {
        byte[] first = beginning.getAndSet(NOTHING);
        byte[] all = first == null || first.length + rest.length == 0 ? bytes : join(first, bytes, rest);
        exchange.write(all, failure -> {
            Pump writer = pump.get();
            if (failure == null && writer != null) {
                writer.heard();
            }
            written.done(failure);
        });
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close(CloseCode code, String reason) {
        exchange.end();
        ended.run();
    }
}
