package dev.parley.standalone;

import dev.parley.delivery.Connection.Written;
import dev.parley.protocol.CloseCode;
import dev.parley.websocket.DirectChat;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection to a chat endpoint: joins fragments to messages, answers pings. Confined as {@link Peer.End} says. */
final class ChatEnd implements Peer.End, DirectChat.Line {

    private static final System.Logger LOGGER = System.getLogger(ChatEnd.class.getName());
    private static final int TOO_BIG = CloseCodes.TOO_BIG.getCode();

    private final Peer peer;
    private final DirectChat chat;

    /** The message that is coming in fragments. */
    private @Nullable ByteArrayOutputStream parts;

    private int opcode;

    ChatEnd(Peer peer, DirectChat chat) {
        this.peer = peer;
        this.chat = chat;
    }

    // ---- in

    @Override
    public void frame(ByteBuffer frame) throws Violation {
        int first = frame.get(0);
        switch (first & 0x0F) {
            case FrameHeader.PING -> {
                chat.heard();
                peer.answerPing(frame);
            }
            case FrameHeader.PONG -> chat.heard();
            default -> part(first & 0x0F, first < 0, frame.position(FrameReader.headerBytes(frame)));
        }
    }

    private void part(int kind, boolean last, ByteBuffer payload) throws Violation {
        ByteArrayOutputStream whole = parts;
        if (whole == null) {
            opcode = kind;
            if (last) {
                message(payload);
                return;
            }
            whole = new ByteArrayOutputStream();
            parts = whole;
        }
        if (whole.size() + payload.remaining() > DirectChat.MAX_MESSAGE_BYTES) {
            throw new Violation(TOO_BIG, "a message of more than " + DirectChat.MAX_MESSAGE_BYTES + " bytes");
        }
        whole.write(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        if (last) {
            parts = null;
            message(ByteBuffer.wrap(whole.toByteArray()));
        }
    }

    private void message(ByteBuffer payload) {
        int bytes = payload.remaining();
        try {
            if (opcode == FrameHeader.TEXT) {
                int from = payload.arrayOffset() + payload.position();
                chat.said(new String(payload.array(), from, bytes, StandardCharsets.UTF_8), bytes);
            } else {
                chat.said(payload);
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "A message could not be taken", e);
        }
    }

    @Override
    public void closed(byte[] payload) {
        chat.closed();
        peer.sendClose(payload);
    }

    @Override
    public void close(int code, String reason) {
        chat.closed();
        peer.sendClose(code, reason);
    }

    // ---- out

    @Override
    public void write(byte[] frame, Written written) {
        peer.send(frame, written);
    }

    @Override
    public void ping(Written written) {
        peer.send(ByteBuffer.wrap(new byte[] {(byte) (0x80 | FrameHeader.PING), 0}));
        written.done(null);
    }

    @Override
    public void close(CloseCode code, String reason) {
        peer.sendClose(code.code(), reason);
    }
}
