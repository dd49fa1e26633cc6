package dev.parley.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A client of plain HTTP on a bare socket: it can read a part of an answer, hang up in the middle of it, or not read at all.
 * Reads fail with {@link java.net.SocketTimeoutException} after {@link #TIMEOUT_MILLIS}. Confined to one thread.
 */
public final class HttpConnection implements Closeable {

    /** The longest that a read waits, in milliseconds. */
    public static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects with a receive buffer of about {@code receiveBytes}, 0 for the system's own. */
    public HttpConnection(String host, int port, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
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

    /** Sends a request; {@code line} is {@code GET /path}, {@code headers} are whole lines. */
    public void send(String line, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String lines = Arrays.stream(headers).map(h -> h + "\r\n").collect(Collectors.joining());
        String length = bytes.length == 0 && line.startsWith("GET") ? "" : "Content-Length: " + bytes.length + "\r\n";
        sendRaw(line + " HTTP/1.1\r\nHost: localhost:" + socket.getPort() + "\r\n" + length + lines + "\r\n");
        socket.getOutputStream().write(bytes);
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

    /** Reads lines of a stream, sizes of its chunks among them, up to one that contains {@code text}; returns that. */
    public String readUntil(String text) throws IOException {
        String line = readLine();
        while (!line.contains(text)) {
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
