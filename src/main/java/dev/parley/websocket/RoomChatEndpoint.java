package dev.parley.websocket;

import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.XmlFormat;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.Optional;

/** {@code /chat/{room}}: joins that room at once. The container makes one for each connection. */
@ServerEndpoint(
        value = "/chat/" + RoomChatEndpoint.ROOM,
        subprotocols = {JsonFormat.SUBPROTOCOL, XmlFormat.SUBPROTOCOL},
        configurator = ChatConfigurator.class,
        decoders = ClientFrameDecoder.class,
        encoders = FrameEncoder.class)
public class RoomChatEndpoint {

    /** The last segment of the path. */
    static final String ROOM = "{room}";

    private Optional<ChatSession> chat = Optional.empty();

    /** The handshake is done. */
    @OnOpen
    public void open(Session session) {
        chat = ChatSession.open(session, true);
    }

    /** A text frame came. */
    @OnMessage(maxMessageSize = ChatEndpoint.MAX_MESSAGE_BYTES)
    public void text(ClientFrame frame) {
        chat.ifPresent(c -> c.said(frame));
    }

    /** A binary frame came. */
    @OnMessage(maxMessageSize = ChatEndpoint.MAX_MESSAGE_BYTES)
    public void binary(ByteBuffer utf8) {
        chat.ifPresent(c -> c.said(ClientFrame.of(utf8)));
    }

    /** A pong came. */
    @OnMessage
    public void pong(PongMessage pong) {
        chat.ifPresent(ChatSession::heard);
    }

    /** The connection is closed. */
    @OnClose
    public void close() {
        chat.ifPresent(ChatSession::closed);
    }

    /** Something failed: the connection, as a rule. */
    @OnError
    public void error(Session session, Throwable failure) {
        Failures.log(session, failure);
    }
}
