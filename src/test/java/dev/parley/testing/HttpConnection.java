package dev.parley.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A client of plain HTTP on a bare socket: it can read a part of an answer, hang up in the middle of it, or not read at all.
 * Reads fail with {@link SocketTimeoutException} after {@link #TIMEOUT_MILLIS}. Confined to one thread.
 */
public final class HttpConnection implements Closeable {

    /** The longest that a read waits, in milliseconds. */
    public static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final URI base;
    private final InputStream in;

    /**
     * Connects with a receive buffer of about {@code receiveBytes}, 0 for the system's own.
     *
     * @param base where the application is: requests are relative to its path
     */
    public HttpConnection(URI base, int receiveBytes) throws IOException {
        this.base = base;
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The same to a port that leads to the application, whatever its path. */
    public HttpConnection(String host, int port, int receiveBytes) throws IOException {
        this(URI.create("http://" + host + ":" + port + "/"), receiveBytes);
    }

    /** The head of an answer, names in lower case; of several headers of a name the values with commas between. */
    public record Head(int status, Map<String, String> headers) {

        /** The first value of a header, empty if there is none. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** A whole answer. */
    public record Answer(Head head, byte[] body) {

        /** The status. */
        public int status() {
            return head.status;
        }

        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** A header's value, empty if there is none. */
        public String header(String name) {
            return head.header(name);
        }
    }

    /** Sends a request; {@code line} is {@code GET path}, {@code headers} are whole lines. */
    public void send(String line, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean none = bytes.length == 0 && line.startsWith("GET");
        String length = none ? "" : "Content-Length: " + bytes.length + "\r\n";
        sendHead(line, "HTTP/1.1", length + lines(headers));
        socket.getOutputStream().write(bytes);
    }

    /** Sends a request whose body comes in chunks, these. */
    public void sendInChunks(String line, Iterable<byte[]> chunks, String... headers) throws IOException {
        sendHead(line, "HTTP/1.1", "Transfer-Encoding: chunked\r\n" + lines(headers));
        for (byte[] chunk : chunks) {
            sendRaw(Integer.toHexString(chunk.length) + "\r\n");
            socket.getOutputStream().write(chunk);
            sendRaw("\r\n");
        }
        sendRaw("0\r\n\r\n");
    }

    /** Sends a request without a body as a client of HTTP/1.0 does. */
    public void sendAsOfOld(String line, String... headers) throws IOException {
        sendHead(line, "HTTP/1.0", lines(headers));
    }

    private void sendHead(String line, String version, String headers) throws IOException {
        String[] parts = line.split(" ", 2);
        String target = parts[1].startsWith("/") ? parts[1] : base.getPath() + parts[1];
        String host = "Host: localhost:" + socket.getPort() + "\r\n";
        sendRaw(parts[0] + " " + target + " " + version + "\r\n" + host + headers + "\r\n");
    }

    private static String lines(String... headers) {
        return Arrays.stream(headers).map(h -> h + "\r\n").collect(Collectors.joining());
    }

    /** Sends these characters as they are. */
    public void sendRaw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request and reads its answer. */
    public Answer ask(String line, String body, String... headers) throws IOException {
        send(line, body, headers);
        return readAnswer(line.startsWith("HEAD"));
    }

    /** Reads an answer of known length. */
    public Answer readAnswer(boolean headOnly) throws IOException {
        Head head = readHead();
        String length = head.header("content-length");
        boolean none = headOnly || length.isEmpty() || head.status == 204 || head.status == 304;
        return new Answer(head, none ? new byte[0] : in.readNBytes(Integer.parseInt(length)));
    }

    /** Reads the head of an answer; its body is still to come. */
    public Head readHead() throws IOException {
        String[] status = readLine().split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return new Head(Integer.parseInt(status[1]), headers);
    }

    /**
     * Reads lines of a stream, sizes of its chunks among them, up to one that contains {@code text}; returns that. Fails after
     * {@link #TIMEOUT_MILLIS}, whatever else comes.
     */
    public String readUntil(String text) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        String line = readLine();
        while (!line.contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new SocketTimeoutException("no line with " + text + ", the last was: " + line);
            }
            line = readLine();
        }
        return line;
    }

    /** Whether the server ends the connection, whatever it sends before. */
    public boolean readsEnd() throws IOException {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** Whether a body in chunks ends, with its last chunk or with the connection; throws if {@code never} comes before. */
    public boolean readsEndOfBody(String... never) throws IOException {
        try {
            for (String line = readLine(); !line.equals("0"); line = readLine()) {
                if (Arrays.stream(never).anyMatch(line::contains)) {
                    throw new IllegalStateException(line);
                }
            }
            return true;
        } catch (EOFException | java.net.SocketException end) {
            return true;
        }
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed after: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
