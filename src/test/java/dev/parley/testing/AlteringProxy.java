package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A reverse proxy that does what the test says to what passes: to the heads of requests, to answers, to lines that are
 * silent; at first nothing. Every connection has one request, so that each head is seen. Thread-safe.
 */
public final class AlteringProxy implements AutoCloseable {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final Pattern UPGRADE = Pattern.compile("(?im)^upgrade: websocket");

    private final InetSocketAddress target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> heads = UnaryOperator.identity();
    private volatile boolean collecting;
    private volatile int idleMillis;

    /** Leads to {@code target}, from a port of its own. */
    public AlteringProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon("accept", this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** From now on requests have the head that {@code change} makes of theirs, lines that end with CR LF. */
    public void changeHeads(UnaryOperator<String> change) {
        heads = change;
    }

    /** From now on an answer is passed on when it has ended, but for a WebSocket's. */
    public void collect() {
        collecting = true;
    }

    /** From now on a connection on which the server says nothing for so long is cut. */
    public void cutIdle(Duration after) {
        idleMillis = (int) after.toMillis();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                daemon("line", () -> serve(client));
            } catch (IOException closed) {
                // No more will come.
            }
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "altering-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) {
        try (client;
                Socket far = new Socket()) {
            String head = readHead(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            far.connect(target);
            sockets.add(far);
            far.setSoTimeout(idleMillis);
            far.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            String changed = heads.apply(head);
            boolean upgraded = UPGRADE.matcher(changed).find();
            String sent = upgraded ? changed : changed.replaceFirst("(?im)^connection:.*$", "Connection: close");
            far.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            daemon("up", () -> carry(client, far));
            answer(far.getInputStream(), client.getOutputStream(), upgraded);
        } catch (IOException cutOrGone) {
            // Both ends are closed, which is all that either is told.
        } finally {
            sockets.remove(client);
        }
    }

    private void answer(InputStream from, OutputStream to, boolean upgraded) throws IOException {
        if (collecting && !upgraded) {
            to.write(from.readAllBytes());
        } else {
            from.transferTo(to);
        }
    }

    private void carry(Socket client, Socket far) {
        try {
            client.getInputStream().transferTo(far.getOutputStream());
            far.close();
        } catch (IOException gone) {
            // The other direction notices.
        }
    }

    /** Empty when the client left before it had asked. */
    private static String readHead(InputStream in) throws IOException {
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
}
