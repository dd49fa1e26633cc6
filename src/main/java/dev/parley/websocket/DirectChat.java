package dev.parley.websocket;

import dev.parley.delivery.Connection;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.request.Target;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat endpoint for a server that reads and writes frames itself: the same conversation without a session between. Made by a
 * {@link DirectHandshake}. Confined to one thread at a time, but for {@link #closed}.
 */
public final class DirectChat {

    /** The largest message that is read at all, in bytes: a larger one closes the connection with 1009. */
    public static final int MAX_MESSAGE_BYTES = ChatEndpoint.MAX_MESSAGE_BYTES;

    private @Nullable Arrival arrival;
    private final boolean inRoom;
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

    DirectChat(Arrival arrival, boolean inRoom) {
        this.arrival = arrival;
        this.inRoom = inRoom;
    }

    /**
     * Begins the conversation, or closes the line; once.
     *
     * @param subprotocol what was agreed on, empty if nothing was
     */
    public void open(Line line, Target target, String subprotocol) {
        Arrival arrived = arrival;
        if (arrived == null) {
            throw new IllegalStateException("opened before");
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
