package dev.parley.standalone;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.Connection;

/** A connection that is a session of Tyrus's. */
record TyrusEnd(Connection connection) implements Peer.End {

    @Override
    public void frame(ByteBuffer frame) {
        connection.getReadHandler().handle(frame);
    }

    @Override
    public void closed(byte[] payload) {
        frame(CloseRules.forTyrus(payload));
    }

    @Override
    public void close(int code, String reason) {
        connection.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
    }
}
