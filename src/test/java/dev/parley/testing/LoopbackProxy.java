package dev.parley.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A port on the loopback interface and the lines that lead on from it; what happens to a line is for those who extend it. It
 * changes no byte of what it carries, so the far side sees the same {@code Host} and {@code Origin} as without it.
 * Thread-safe.
 */
abstract class LoopbackProxy implements AutoCloseable {

    /** Little, so that a server soon notices when nothing is read. */
    private static final int RECEIVE_BYTES = 64 * 1024;

    private final ServerSocket server;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    LoopbackProxy() throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon("accept", this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        lines().forEach(Line::close);
    }

    /** What is open. */
    Stream<Line> lines() {
        return lines.stream();
    }

    /** Serves a client that has just connected, on a thread of its own; when it returns, the line ends. */
    abstract void serve(Line line) throws IOException;

    private void accept() {
        while (!server.isClosed()) {
            try {
                Line line = new Line(server.accept());
                lines.add(line);
                daemon("up", () -> serveToTheEnd(line));
            } catch (IOException closed) {
                // No more will come.
            }
        }
    }

    private void serveToTheEnd(Line line) {
        try {
            serve(line);
        } catch (IOException gone) {
            // The same as an end.
        } finally {
            line.close();
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What one direction of a line lets through. */
    static final class Direction {

        private volatile boolean carries = true;
        private volatile long bytesLeft = Long.MAX_VALUE;

        @GuardedBy("this")
        private boolean held;

        /** From now on bytes go nowhere, and nobody is told. */
        void swallow() {
            carries = false;
        }

        /** The line is cut after so many bytes, in the middle of whatever they are. */
        void endAfter(long bytes) {
            bytesLeft = bytes;
        }

        /** Until {@link #release} nothing more is carried on, and nothing more read. */
        synchronized void hold() {
            held = true;
        }

        synchronized void release() {
            held = false;
            notifyAll();
        }

        private synchronized void awaitRelease() throws InterruptedIOException {
            try {
                while (held) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }

        /** Confined to one thread. Whether there may be more. */
        private boolean pass(byte[] buffer, int length, OutputStream out) throws IOException {
            awaitRelease();
            int passing = (int) Math.min(length, bytesLeft);
            bytesLeft -= passing;
            if (carries) {
                out.write(buffer, 0, passing);
            }
            return bytesLeft > 0;
        }
    }

    /** A client and the far side. */
    final class Line {

        final Direction up = new Direction();
        final Direction down = new Direction();
        private final Socket client;
        private final Socket far = new Socket();
        private volatile boolean resets;

        private Line(Socket client) {
            this.client = client;
        }

        InputStream fromClient() throws IOException {
            return client.getInputStream();
        }

        OutputStream toClient() throws IOException {
            return client.getOutputStream();
        }

        /** Says {@code first} to {@code target}, then carries everything both ways until either side ends it. */
        void lead(InetSocketAddress target, byte[] first) throws IOException {
            far.setReceiveBufferSize(RECEIVE_BYTES);
            far.connect(target);
            far.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            far.getOutputStream().write(first);
            daemon("down", () -> carry(far, client, down));
            carry(client, far, up);
        }

        private void carry(Socket from, Socket to, Direction direction) {
            byte[] buffer = new byte[16 * 1024];
            try {
                int n = from.getInputStream().read(buffer);
                while (n >= 0 && direction.pass(buffer, n, to.getOutputStream())) {
                    n = from.getInputStream().read(buffer);
                }
            } catch (IOException cutOrGone) {
                // The same as an end.
            } finally {
                close();
            }
        }

        /** It ends with a reset, which loses what was not read yet, and not with an end. */
        void resetAtTheEnd() {
            resets = true;
        }

        /** Ends it for both sides. */
        void close() {
            lines.remove(this);
            down.release();
            for (Socket socket : List.of(client, far)) {
                try {
                    if (resets && !socket.isClosed()) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                } catch (IOException e) {
                    // There is nothing more to be done.
                }
            }
        }
    }
}
