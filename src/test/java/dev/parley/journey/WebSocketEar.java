package dev.parley.journey;

import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Hears frames. Confined to one thread. */
final class WebSocketEar implements Ear {

    private static final int NORMAL = 1000;

    private final RawWebSocket socket;
    private final Reader reader;
    private final Wire wire;
    private final int opcode;

    private WebSocketEar(RawWebSocket socket, Reader reader, Wire wire, int opcode) {
        this.socket = socket;
        this.reader = reader;
        this.wire = wire;
        this.opcode = opcode;
    }

    /** Joins rooms at their cursors: the only one by the path, several with {@code hello}. */
    static Ear open(Http http, Reader reader, Wire wire, boolean binary, Map<String, String> cursors)
            throws IOException {
        boolean byPath = cursors.size() == 1 && !binary;
        String path = byPath
                ? cursors.entrySet().stream()
                        .map(place -> "chat/" + Http.encode(place.getKey()) + "?after=" + place.getValue())
                        .findFirst()
                        .orElseThrow()
                : "chat";
        RawWebSocket socket = http.webSocket(path, "Sec-WebSocket-Protocol: " + wire.subprotocol());
        WebSocketEar ear = new WebSocketEar(socket, reader, wire, binary ? RawWebSocket.BINARY : RawWebSocket.TEXT);
        if (!byPath) {
            ear.write(wire.hello(cursors, binary));
        }
        return ear;
    }

    private void write(String text) throws IOException {
        socket.sendFrame(true, opcode, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void send(Draft draft) throws IOException {
        write(wire.send(draft));
    }

    @Override
    public void listen() throws IOException {
        wire.read(read(socket)).forEach(said -> Telling.tell(reader, said));
    }

    /** The next message. The server has no reason to close, or to be silent. */
    static String read(RawWebSocket socket) throws IOException {
        try {
            return socket.readMessage().text();
        } catch (SocketTimeoutException | RawWebSocket.ClosedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void leave(boolean politely) throws IOException {
        try (socket) {
            if (politely) {
                socket.sendClose(NORMAL, "");
            }
        }
    }
}
