package dev.parley.websocket;

import dev.parley.delivery.Connection;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.request.Target;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The chat endpoints for a server that reads and writes frames itself: the handshake is that of the WebSocket API, with its
 * configurator; what follows is the same conversation without a session between, which would cost memory for each connection
 * and turn text into bytes again for each member of a room.
 *
 * <p>Made for each handshake. Confined to one thread at a time, but for {@link #closed}.
 */
public final class DirectChat {

    /** The largest message that is read at all, in bytes: a larger one closes the connection with 1009. */
    public static final int MAX_MESSAGE_BYTES = ChatEndpoint.MAX_MESSAGE_BYTES;

    private static final ThreadLocal<@Nullable DirectChat> IN_HANDSHAKE = new ThreadLocal<>();

    private @Nullable Arrival arrival;
    private boolean inRoom;
    private volatile Optional<ChatSession> session = Optional.empty();

    /** A connection that carries whole frames. Thread-safe. */
    public interface Line {

        /**
         * Starts one write, as {@link Connection#write}.
         *
         * @param frame a whole unmasked frame (RFC 6455, section 5.2) whose bytes never change
         */
        void write(byte[] frame, Connection.Written written);

        /** Sends a ping, as {@link Connection#ping}. */
        void ping(Connection.Written written);

        /** Sends a close frame after what was written; {@code reason} fits in. Returns at once. */
        void close(CloseCode code, String reason);
    }

    /** Runs a handshake on this thread; after it, {@link #isWanted} tells whether it was one of a chat endpoint. */
    public <T> T during(Supplier<T> handshake) {
        IN_HANDSHAKE.set(this);
        try {
            return handshake.get();
        } finally {
            IN_HANDSHAKE.remove();
        }
    }

    /** Called by the configurator of the chat endpoints. */
    static void arrived(Arrival arrival, boolean inRoom) {
        DirectChat chat = IN_HANDSHAKE.get();
        if (chat != null) {
            chat.arrival = arrival;
            chat.inRoom = inRoom;
        }
    }

    /** Whether the handshake was one of a chat endpoint. */
    public boolean isWanted() {
        return arrival != null;
    }

    /**
     * Begins the conversation, or closes the line.
     *
     * @param subprotocol what was agreed on, empty if nothing was
     */
    public void open(Line line, Target target, String subprotocol) {
        Arrival arrived = arrival;
        if (arrived == null) {
            throw new IllegalStateException("no handshake of a chat endpoint");
        }
        arrival = null;
        session = ChatSession.open(new Way(line), new Caller(arrived, inRoom, target, subprotocol));
    }

    /** The client sent a text message, of so many bytes of UTF-8. */
    public void said(String text, int bytes) {
        session.ifPresent(chat -> chat.said(new ClientFrame(text, bytes, Optional.empty())));
    }

    /** The client sent a binary message. */
    public void said(ByteBuffer utf8) {
        session.ifPresent(chat -> chat.said(ClientFrame.of(utf8)));
    }

    /** The client gave a sign of life. */
    public void heard() {
        session.ifPresent(ChatSession::heard);
    }

    /** The connection is closed, or about to. Does nothing when called again. */
    public void closed() {
        session.ifPresent(ChatSession::closed);
    }

    /** A line as the pump sees it. */
    private static final class Way implements ChatWay {

        private final Line line;
        private volatile boolean binary;

        Way(Line line) {
            this.line = line;
        }

        @Override
        public void sendBinary(boolean on) {
            binary = on;
        }

        @Override
        public void write(Frame frame, Written written) {
            line.write(frame.webSocket(binary), written);
        }

        @Override
        public void ping(Written written) {
            line.ping(written);
        }

        @Override
        public void close(CloseCode code, String reason) {
            line.close(code, WebSocketConnection.shortened(reason));
        }
    }
}
