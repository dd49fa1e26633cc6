package dev.parley.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WebSocket line on the loopback interface that does wrong, once: to the tenth frame with a chat message or an echo that
 * goes down one of its connections. Thread-safe.
 */
public final class GarblingProxy implements AutoCloseable {

    private static final int RIGHT_BEFORE = 9;
    private static final byte[] PAYLOAD = "@@".getBytes(StandardCharsets.US_ASCII);

    /** What is done to the frame. */
    public enum Fault {
        DROP,
        DOUBLE,
        /** The next such frame comes before it. */
        SWAP,
        /** Its last letter is another. */
        CHANGE,
        CUT
    }

    private final InetSocketAddress target;
    private final Fault fault;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger messages = new AtomicInteger();

    /** Leads to {@code target}, from a port of its own. */
    public GarblingProxy(InetSocketAddress target, Fault fault) throws IOException {
        this.target = target;
        this.fault = fault;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void daemon(Line task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException ended) {
                        // An end like any other.
                    }
                },
                "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Line {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Socket far = new Socket();
            sockets.addAll(List.of(client, far));
            far.connect(target);
            client.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            daemon(() -> {
                try (client;
                        far) {
                    client.getInputStream().transferTo(far.getOutputStream());
                }
            });
            daemon(() -> {
                try (client;
                        far) {
                    down(far, client);
                }
            });
        }
    }

    private void down(Socket far, Socket client) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(far.getInputStream()));
        OutputStream out = client.getOutputStream();
        out.write(head(in));
        while (true) {
            byte[] frame = frame(in);
            if (!isMessage(frame) || messages.getAndIncrement() != RIGHT_BEFORE) {
                out.write(frame);
                continue;
            }
            switch (fault) {
                case DROP -> {}
                case DOUBLE -> {
                    out.write(frame);
                    out.write(frame);
                }
                case SWAP -> {
                    byte[] next = frame(in);
                    while (!isMessage(next)) {
                        out.write(next);
                        next = frame(in);
                    }
                    out.write(next);
                    out.write(frame);
                }
                case CHANGE -> {
                    frame[frame.length - "z\"}".length()]++;
                    out.write(frame);
                }
                case CUT -> client.close();
            }
        }
    }

    private static byte[] head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        byte first = in.readByte();
        byte second = in.readByte();
        long length = second;
        ByteBuffer header = ByteBuffer.allocate(10).put(first).put(second);
        if (second == 126) {
            length = in.readUnsignedShort();
            header.putShort((short) length);
        } else if (second == 127) {
            length = in.readLong();
            header.putLong(length);
        }
        byte[] frame = new byte[header.position() + Math.toIntExact(length)];
        System.arraycopy(header.array(), 0, frame, 0, header.position());
        in.readFully(frame, header.position(), Math.toIntExact(length));
        return frame;
    }

    private static boolean isMessage(byte[] frame) {
        for (int i = 2; i + 1 < frame.length; i++) {
            if (frame[i] == PAYLOAD[0] && frame[i + 1] == PAYLOAD[1]) {
                return true;
            }
        }
        return false;
    }
}
