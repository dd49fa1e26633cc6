package dev.parley.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A client's side of RFC 6455: reads frames where they lie, and checks what a server must keep. Confined to the loop. */
public final class WebSocket extends LinkStream {

    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int MAX_FRAME_BYTES = 64 * 1024 * 1024;
    private static final byte[] NONE = new byte[0];

    private final Request request;
    private final Outgoing outgoing;
    private boolean inMessage;
    private byte[] parts = NONE;

    /**
     * Begins to connect.
     *
     * @param outgoing what frames are made in; all connections of a loop may share one
     * @param receiveBuffer the most bytes that the system takes for it, 0 for what is usual
     */
    public WebSocket(Loop loop, Request request, Outgoing outgoing, Inbox inbox, int receiveBuffer) {
        super(loop, inbox);
        this.request = request;
        this.outgoing = outgoing;
        loop.open(link, receiveBuffer);
    }

    @Override
    public void connected() {
        byte[] handshake = request.handshake();
        link.write(loop, handshake, 0, handshake.length);
    }

    @Override
    public int read(byte[] bytes, int from, int to, long now) {
        int at = from;
        if (!open) {
            Optional<HttpHead> head = HttpHead.parse(bytes, from, to);
            if (head.isEmpty()) {
                return to - from > HttpHead.MAX_BYTES ? fail(0, "no end of the handshake's answer") : 0;
            }
            at += head.get().bytes();
            if (!accept(head.get())) {
                return to - from;
            }
        }
        while (!over) {
            int next = frame(bytes, at, to, now);
            if (next == at) {
                break;
            }
            at = next;
        }
        return over ? to - from : at - from;
    }

    private boolean accept(HttpHead head) {
        if (head.status() != 101) {
            fail(head.status(), "the handshake was answered with " + head.status() + ' ' + head.reason());
            return false;
        }
        if (!head.header("Sec-WebSocket-Accept").equals(Optional.of(Request.ACCEPT))) {
            fail(0, "Sec-WebSocket-Accept is wrong");
            return false;
        }
        if (!head.header("Sec-WebSocket-Protocol").equals(request.subprotocol())) {
            fail(
                    0,
                    "the subprotocol is "
                            + head.header("Sec-WebSocket-Protocol").orElse("none"));
            return false;
        }
        open = true;
        inbox.opened(head.cookie());
        return !over;
    }

    /** Takes the frame at {@code at}, if it is whole, and tells where the next one is. */
    private int frame(byte[] bytes, int at, int to, long now) {
        if (to - at < 2) {
            return at;
        }
        int second = bytes[at + 1] & 0xFF;
        int extended = second == 126 ? 2 : second == 127 ? Long.BYTES : 0;
        int payload = at + 2 + extended;
        if (payload > to) {
            return at;
        }
        long length = second;
        if (extended > 0) {
            length = 0;
            for (int i = at + 2; i < payload; i++) {
                length = length << 8 | (bytes[i] & 0xFF);
            }
        }
        if ((bytes[at] & 0x70) != 0 || second > 127 || length < 0 || length > MAX_FRAME_BYTES) {
            return fail(1002, "a frame with reserved bits, a mask, or over " + MAX_FRAME_BYTES + " bytes");
        }
        if (to - payload < length) {
            return at;
        }
        int end = payload + (int) length;
        frames++;
        take(bytes[at] < 0, bytes[at] & 0x0F, bytes, payload, end, now);
        return end;
    }

    private void take(boolean fin, int opcode, byte[] bytes, int from, int to, long now) {
        if (opcode == PING) {
            outgoing.add(Outgoing.PONG, bytes, from, to - from);
            outgoing.writeTo(link, loop);
        } else if (opcode == CLOSE) {
            boolean told = to - from >= 2;
            fail(
                    told ? (bytes[from] & 0xFF) << 8 | (bytes[from + 1] & 0xFF) : 1005,
                    told ? new String(bytes, from + 2, to - from - 2, StandardCharsets.UTF_8) : "");
        } else if (opcode < CLOSE) {
            if ((opcode != 0) == inMessage) {
                fail(1002, inMessage ? "a message inside another" : "a continuation of nothing");
            } else if (fin && !inMessage) {
                inbox.message(bytes, from, to, now);
            } else {
                part(fin, bytes, from, to, now);
            }
        }
    }

    private void part(boolean fin, byte[] bytes, int from, int to, long now) {
        int before = parts.length;
        parts = Arrays.copyOf(parts, before + to - from);
        System.arraycopy(bytes, from, parts, before, to - from);
        inMessage = !fin;
        if (fin) {
            byte[] whole = parts;
            parts = NONE;
            inbox.message(whole, 0, whole.length, now);
        }
    }

    /** Writes what is in the connection's {@link Outgoing}. */
    public void flush() {
        outgoing.writeTo(link, loop);
    }

    /** Sends one message. */
    public void send(boolean binary, byte[] payload) {
        outgoing.add(binary, payload, 0, payload.length);
        flush();
    }
}
