package dev.parley.standalone;

import dev.parley.websocket.DirectEcho;
import java.nio.ByteBuffer;

/** A connection to the echo endpoint: a frame goes back as {@link FrameReader} hands it on. Confined as {@link Peer.End} says. */
final class EchoEnd implements Peer.End {

    private final Peer peer;
    private final DirectEcho echo;

    EchoEnd(Peer peer, DirectEcho echo) {
        this.peer = peer;
        this.echo = echo;
    }

    @Override
    public void frame(ByteBuffer frame) {
        int first = frame.get(0);
        switch (first & 0x0F) {
            case FrameHeader.PING -> peer.answerPing(frame);
            case FrameHeader.PONG -> {}
            default -> part(frame, first < 0);
        }
    }

    private void part(ByteBuffer frame, boolean last) {
        if (echo.takes(frame.remaining() - FrameReader.headerBytes(frame), last)) {
            peer.send(frame);
        } else {
            echo.fault().ifPresent(fault -> close(fault.getCloseCode().getCode(), fault.getReasonPhrase()));
        }
    }

    @Override
    public void closed(byte[] payload) {
        echo.closed();
        peer.sendClose(payload);
    }

    @Override
    public void close(int code, String reason) {
        echo.closed();
        peer.sendClose(code, reason);
    }
}
