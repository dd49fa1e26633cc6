package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * An HTTP proxy as companies have them: it lets plain requests pass and refuses what it does not know, or takes it and
 * never answers. It closes after each request, so that every connection is of one kind. Thread-safe.
 */
public final class RefusingProxy implements AutoCloseable {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final byte[] REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    /** What can be told apart by a request's head. */
    public enum Kind {
        /** A WebSocket's handshake. */
        UPGRADE("(?im)^upgrade: websocket"),
        /** Server-Sent Events. */
        EVENTS("^GET [^ ]*/events[? ]"),
        /** A request that the server keeps until it has something to tell. */
        LONG_POLLS("^GET [^ ]*[?&]wait=[1-9]");

        private final Pattern head;

        Kind(String head) {
            this.head = Pattern.compile(head);
        }
    }

    private final InetSocketAddress target;
    private final ServerSocket server;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private volatile Set<Kind> refused = Set.of();
    private volatile Set<Kind> ignored = Set.of();

    /** Leads to {@code target}, from a port of its own. */
    public RefusingProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon("accept", this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** From now on refuses these and lets all else pass; what is open of them ends. */
    public void refuse(Kind... kinds) {
        ignored = Set.of();
        refused = Set.of(kinds);
        endLines(kinds);
    }

    /** From now on takes these without ever answering and lets all else pass; what is open of them ends. */
    public void ignore(Kind... kinds) {
        refused = Set.of();
        ignored = Set.of(kinds);
        endLines(kinds);
    }

    @Override
    public void close() throws IOException {
        server.close();
        lines.forEach(Line::close);
    }

    private void endLines(Kind... kinds) {
        lines.stream().filter(line -> Arrays.stream(kinds).anyMatch(line::is)).forEach(Line::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Line line = new Line(server.accept());
                lines.add(line);
                daemon("up", line::serve);
            } catch (IOException closed) {
                // No more will come.
            }
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "refusing-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private final class Line {

        private final Socket client;
        private final Socket far = new Socket();
        private volatile String head = "";

        Line(Socket client) {
            this.client = client;
        }

        boolean is(Kind kind) {
            return kind.head.matcher(head).find();
        }

        void serve() {
            try {
                head = readHead();
                if (refused.stream().anyMatch(this::is)) {
                    client.getOutputStream().write(REFUSAL);
                } else if (ignored.stream().anyMatch(this::is)) {
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } else if (!head.isEmpty()) {
                    far.connect(target);
                    far.setTcpNoDelay(true);
                    client.setTcpNoDelay(true);
                    far.getOutputStream().write(ofOneRequest().getBytes(StandardCharsets.ISO_8859_1));
                    daemon("down", () -> carry(far, client));
                    carry(client, far);
                }
            } catch (IOException gone) {
                // The same as an end.
            } finally {
                close();
            }
        }

        /** Empty when the client left before it had asked. */
        private String readHead() throws IOException {
            InputStream in = client.getInputStream();
            StringBuilder read = new StringBuilder();
            while (read.length() < MAX_HEAD_BYTES && read.indexOf("\r\n\r\n") < 0) {
                int b = in.read();
                if (b < 0) {
                    return "";
                }
                read.append((char) b);
            }
            return read.toString();
        }

        private String ofOneRequest() {
            return is(Kind.UPGRADE) ? head : head.replaceFirst("(?im)^connection:.*$", "Connection: close");
        }

        private void carry(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
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
                // There is nothing more to be done.
            }
        }
    }
}
