package dev.parley.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A WebSocket client on a bare socket, for sending what a decent client never would: bytes of any kind, frames masked or
 * not. Reads fail with {@link java.net.SocketTimeoutException} after {@link #TIMEOUT_MILLIS}. Confined to one thread at a
 * time for writing and one for reading.
 */
public final class RawWebSocket implements Closeable {

    /** The longest that a read waits, in milliseconds. */
    public static final int TIMEOUT_MILLIS = 20_000;

    /** Opcodes of RFC 6455, section 5.2. */
    public static final int CONTINUATION = 0;

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The key that {@link #handshake} sends. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final byte[] MASK = {0x12, (byte) 0xA5, 0x7F, (byte) 0xC3};

    private final Socket socket;
    private final DataInputStream in;

    /** Connects, and sends nothing. */
    public RawWebSocket(String host, int port) throws IOException {
        this(host, port, 0);
    }

    /** Connects with a receive buffer of about {@code receiveBytes}, 0 for the system's own. */
    public RawWebSocket(String host, int port, int receiveBytes) throws IOException {
        socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 65536));
    }

    /** Connects and shakes hands on {@code path}; {@code headers} are further lines, {@code Name: value}. */
    public static RawWebSocket open(String host, int port, String path, String... headers) throws IOException {
        RawWebSocket client = new RawWebSocket(host, port);
        Response response = client.handshake(path, headers);
        if (response.status() != 101) {
            client.close();
            throw new IOException("handshake: " + response);
        }
        return client;
    }

    /** Sends a right handshake and reads the answer, whatever it is. */
    public Response handshake(String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost:" + socket.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY
                + "\r\nSec-WebSocket-Version: 13\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        send(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        return readResponse();
    }

    /** Sends these bytes as they are. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends one whole, masked text message. */
    public void sendText(String text) throws IOException {
        send(frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends one masked frame. */
    public void sendFrame(boolean fin, int opcode, byte[] payload) throws IOException {
        send(frame(fin, opcode, payload));
    }

    /** Sends a masked close frame. */
    public void sendClose(int code, String reason) throws IOException {
        send(frame(true, CLOSE, closePayload(code, reason)));
    }

    /** A masked frame with the shortest length. */
    public static byte[] frame(boolean fin, int opcode, byte[] payload) {
        return frame((fin ? 0x80 : 0) | opcode, true, payload);
    }

    /** A frame with {@code first} as its first byte, masked or not. */
    public static byte[] frame(int first, boolean masked, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
        int mask = masked ? 0x80 : 0;
        frame.put((byte) first);
        if (payload.length <= 125) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            frame.put(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (masked ? payload[i] ^ MASK[i & 3] : payload[i]));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** The payload of a close frame. */
    public static byte[] closePayload(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    /** Reads the next frame; empty at the end of the stream, or when the connection was reset. */
    public Optional<Frame> readFrame() throws IOException {
        int first;
        try {
            first = in.read();
        } catch (SocketException reset) {
            return Optional.empty();
        }
        if (first < 0) {
            return Optional.empty();
        }
        int second = in.readUnsignedByte();
        if ((second & 0x80) != 0) {
            throw new IOException("a masked frame from the server");
        }
        long length = second;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return Optional.of(new Frame((first & 0x80) != 0, first & 0x0F, first & 0x70, payload));
    }

    /**
     * Reads one data message, joining its fragments and passing over pings and pongs; throws {@link ClosedException} for a
     * close frame.
     */
    public Frame readMessage() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int opcode = -1;
        while (true) {
            Frame frame = readFrame().orElseThrow(() -> new EOFException("no message"));
            if (frame.opcode() == PING || frame.opcode() == PONG) {
                continue;
            }
            if (frame.opcode() == CLOSE) {
                throw new ClosedException(frame);
            }
            opcode = opcode < 0 ? frame.opcode() : opcode;
            whole.writeBytes(frame.payload());
            if (frame.fin()) {
                return new Frame(true, opcode, 0, whole.toByteArray());
            }
        }
    }

    /** Reads on to the close frame, passing over everything else. */
    public Frame readClose() throws IOException {
        while (true) {
            Frame frame = readFrame().orElseThrow(() -> new EOFException("no close frame"));
            if (frame.opcode() == CLOSE) {
                return frame;
            }
        }
    }

    /** Whether the server ends the TCP connection within the read timeout; frames before that are passed over. */
    public boolean readsEnd() throws IOException {
        try {
            while (readFrame().isPresent()) {
                continue;
            }
        } catch (EOFException | SocketException cut) {
            return true;
        }
        return true;
    }

    /** Reads the head of an HTTP answer, and its body if it has a length. */
    public Response readResponse() throws IOException {
        String[] lines = readHead().split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        byte[] body = new byte[Integer.parseInt(headers.getOrDefault("Content-Length", "0"))];
        in.readFully(body);
        return new Response(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("an answer, as far as '" + head + "'");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The socket below, for options and half-closing. */
    public Socket socket() {
        return socket;
    }

    /** Ends the TCP connection without a close frame. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A frame as it came. */
    public record Frame(boolean fin, int opcode, int reserved, byte[] payload) {

        /** The payload as text. */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a close frame, 1005 if it has none. */
        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }

        /** The reason of a close frame. */
        public String closeReason() {
            return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s opcode %d, %d bytes", fin ? "fin" : "part", opcode, payload.length);
        }
    }

    /** A close frame came where a message was awaited. */
    public static final class ClosedException extends IOException {

        private static final long serialVersionUID = 1L;

        ClosedException(Frame close) {
            super("closed: " + close.closeCode() + ' ' + close.closeReason());
        }
    }

    /** The answer to a request; header names in any case. */
    public record Response(int status, Map<String, String> headers, String body) {}
}
