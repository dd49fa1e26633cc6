package dev.parley.bench.wire;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A TCP connection. Holds a buffer only for what is incomplete or cannot be written yet. Confined to the loop's thread. */
final class Link {

    private static final byte[] NONE = new byte[0];

    private final Peer peer;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private byte[] kept = NONE;
    private int keptBytes;
    private @Nullable ByteBuffer unwritten;
    private boolean paused;
    private boolean closed;

    Link(Peer peer) {
        this.peer = peer;
    }

    void channel(SocketChannel opened) {
        channel = opened;
    }

    void key(SelectionKey registered) {
        key = registered;
    }

    SocketChannel channel() throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            throw new IOException("not open");
        }
        return open;
    }

    void established() {
        interest();
        peer.connected();
    }

    private void interest() {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            registered.interestOps(
                    (paused ? 0 : SelectionKey.OP_READ) | (unwritten == null ? 0 : SelectionKey.OP_WRITE));
        }
    }

    /** Reads nothing more, so that the system's buffers fill. */
    void pause() {
        paused = true;
        interest();
    }

    /** Reads on. */
    void resume() {
        paused = false;
        interest();
    }

    void take(byte[] bytes, int count, long now) {
        if (keptBytes == 0) {
            int used = peer.read(bytes, 0, count, now);
            if (used < count && !closed) {
                kept = Arrays.copyOfRange(bytes, used, count);
                keptBytes = kept.length;
            }
            return;
        }
        if (keptBytes + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(keptBytes + count, 2 * kept.length));
        }
        System.arraycopy(bytes, 0, kept, keptBytes, count);
        keptBytes += count;
        int used = peer.read(kept, 0, keptBytes, now);
        if (used == keptBytes) {
            kept = NONE;
        } else if (used > 0) {
            System.arraycopy(kept, used, kept, 0, keptBytes - used);
        }
        keptBytes -= used;
    }

    /** Writes what the system takes at once, and the rest as soon as it can. */
    void write(Loop loop, byte[] bytes, int from, int length) {
        int at = from;
        int left = length;
        try {
            while (unwritten == null && left > 0 && !closed) {
                ByteBuffer out = loop.out();
                int part = Math.min(left, out.capacity());
                out.put(bytes, at, part).flip();
                int written = channel().write(out);
                at += written;
                left -= written;
                if (written < part) {
                    break;
                }
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
        if (left > 0 && !closed) {
            keep(bytes, at, left);
        }
    }

    private void keep(byte[] bytes, int from, int length) {
        ByteBuffer waiting = unwritten;
        int before = waiting == null ? 0 : waiting.remaining();
        ByteBuffer all = ByteBuffer.allocate(before + length);
        if (waiting != null) {
            all.put(waiting);
        }
        unwritten = all.put(bytes, from, length).flip();
        interest();
    }

    void flush() throws IOException {
        ByteBuffer waiting = unwritten;
        if (waiting != null) {
            channel().write(waiting);
            if (!waiting.hasRemaining()) {
                unwritten = null;
                interest();
            }
        }
    }

    /** Ends it. */
    void close() {
        closed = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It is gone in any case.
        }
    }

    /** Ends it as a lost line does: with a reset, and nothing said before. */
    void cut() {
        try {
            channel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // It is gone already.
        }
        close();
    }

    /** It broke, or the server ended it. */
    void fail(String why) {
        if (!closed) {
            close();
            peer.ended(why);
        }
    }
}
