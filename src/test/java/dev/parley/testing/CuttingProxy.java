package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP line on the loopback interface that can be cut, mended, or made to swallow what goes through it. It looks at no
 * byte, so the far side sees the same {@code Host} and {@code Origin} as without it. Thread-safe.
 */
public final class CuttingProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket server;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    /** Leads to {@code target}, from a port of its own. */
    public CuttingProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon("accept", this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Ends every connection; new ones end as they come. */
    public void cut() {
        cut = true;
        lines.forEach(Line::close);
    }

    /** Takes new connections again; those that were cut, or swallow, stay lost. */
    public void mend() {
        lines.forEach(Line::close);
        cut = false;
    }

    /** From now on the open connections carry nothing in either direction, and nobody is told. */
    public void swallow() {
        lines.forEach(line -> line.upward = line.downward = false);
    }

    /** From now on the open connections carry what the client sends, and not what it is sent. */
    public void swallowAnswers() {
        lines.forEach(line -> line.downward = false);
    }

    @Override
    public void close() throws IOException {
        server.close();
        lines.forEach(Line::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (cut) {
                    client.close();
                } else {
                    new Line(client).start();
                }
            } catch (IOException closedOrRefused) {
                // Who connected notices.
            }
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private final class Line {

        private final Socket client;
        private final Socket far = new Socket();
        private volatile boolean upward = true;
        private volatile boolean downward = true;

        Line(Socket client) {
            this.client = client;
        }

        void start() throws IOException {
            try {
                far.connect(target);
                client.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
            } catch (IOException e) {
                close();
                throw e;
            }
            lines.add(this);
            daemon("up", () -> carry(client, far, true));
            daemon("down", () -> carry(far, client, false));
        }

        private void carry(Socket from, Socket to, boolean up) {
            byte[] buffer = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (up ? upward : downward) {
                        out.write(buffer, 0, n);
                    }
                }
            } catch (IOException cutOrGone) {
                // The same as an end.
            } finally {
                close();
            }
        }

        void close() {
            lines.remove(this);
            try {
                client.close();
                far.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
