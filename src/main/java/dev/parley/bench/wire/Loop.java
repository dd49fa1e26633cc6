package dev.parley.bench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One selector with all connections to one server. Confined to the thread that turns it. */
public final class Loop implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InetSocketAddress server;
    private final Sources sources;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private long bytesRead;
    private long reads;

    /** A loop without a connection. */
    public Loop(InetSocketAddress server, Sources sources) throws IOException {
        this.server = server;
        this.sources = sources;
        this.selector = Selector.open();
    }

    /**
     * Begins to connect.
     *
     * @param receiveBuffer the most bytes that the system takes for it, 0 for what is usual
     */
    void open(Link link, int receiveBuffer) {
        try {
            SocketChannel channel = SocketChannel.open();
            link.channel(channel);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            sources.bind(channel);
            boolean connected = channel.connect(server);
            link.key(channel.register(selector, SelectionKey.OP_CONNECT, link));
            if (connected) {
                connected(link);
            }
        } catch (IOException e) {
            link.fail(e.toString());
        }
    }

    /** Serves what is ready; waits for it, {@code nanos} at most. */
    public void turn(long nanos) {
        try {
            if (nanos < NANOS_PER_MILLI) {
                selector.selectNow(this::serve);
            } else {
                selector.select(this::serve, nanos / NANOS_PER_MILLI);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        Link link = (Link) key.attachment();
        try {
            if (key.isConnectable()) {
                connected(link);
                return;
            }
            if (key.isWritable()) {
                link.flush();
            }
            if (key.isValid() && key.isReadable()) {
                read(link);
            }
        } catch (IOException e) {
            link.fail(String.valueOf(e.getMessage()));
        }
    }

    private void connected(Link link) throws IOException {
        if (link.channel().finishConnect()) {
            link.established();
        }
    }

    private void read(Link link) throws IOException {
        in.clear();
        int count = link.channel().read(in);
        if (count < 0) {
            link.fail("end of stream");
            return;
        }
        long now = System.nanoTime();
        bytesRead += count;
        reads++;
        in.flip().get(bytes, 0, count);
        link.take(bytes, count, now);
    }

    /** A buffer for what is being written, empty. */
    ByteBuffer out() {
        return out.clear();
    }

    /** Bytes that came since the start. */
    public long bytesRead() {
        return bytesRead;
    }

    /** How often something came. */
    public long reads() {
        return reads;
    }

    /** Ends all connections. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
