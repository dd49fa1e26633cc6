package dev.parley.standalone;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Turns what a client sends into frames that Tyrus gets right. Tyrus takes unmasked frames, odd lengths and what not,
 * holds a frame until it is whole, and loses characters at the borders of fragments. So every rule of RFC 6455 section 5
 * is checked here, the mask is taken off, text is checked as UTF-8, and frames are handed on in blocks of at most {@link
 * #BLOCK_BYTES}, text cut between characters. A frame of at most that size stays one frame.
 *
 * <p>Holds no buffer between frames. Confined to one thread at a time.
 */
final class FrameReader {

    /** Payload bytes of the largest frame handed on. Tyrus keeps a buffer of this size for a connection that had one. */
    static final int BLOCK_BYTES = 16 * 1024;

    private static final int HEADER_ROOM = 4;
    private static final int FIRST_ROOM_BYTES = 512;
    private static final byte[] NONE = new byte[0];

    /** Where frames go: unmasked, right, ready for Tyrus and to be sent back. */
    interface Sink {

        /** A part of a message, or all of it. */
        void data(ByteBuffer frame) throws Violation;

        /** A ping or pong. */
        void control(ByteBuffer frame) throws Violation;

        /** A close frame's payload: nothing, or a code and a reason that are right. */
        void close(byte[] payload) throws Violation;
    }

    private final Sink sink;
    private final FrameHeader header = new FrameHeader();
    private final Utf8 utf8 = new Utf8();

    private boolean inPayload;
    private long left;
    private int unmasked;
    private int message;
    private boolean messageBegun;
    private byte[] cut = NONE;
    private byte[] block = NONE;
    private int filled;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /** Takes all of {@code in}. Whatever it throws is the end: it must not be called again. */
    void read(ByteBuffer in) throws Violation {
        while (inPayload || in.hasRemaining()) {
            if (!inPayload) {
                if (!header.read(in)) {
                    return;
                }
                begin();
            }
            if (!fill(in)) {
                return;
            }
            if (left == 0) {
                inPayload = false;
                end();
            } else {
                hand(false);
            }
        }
    }

    /** How many bytes are before the payload of a frame that was handed on. */
    static int headerBytes(ByteBuffer frame) {
        return frame.get(1) == 126 ? 4 : 2;
    }

    private void begin() throws Violation {
        if (!header.isControl()) {
            if (header.opcode() == FrameHeader.CONTINUATION && message == 0) {
                throw Violation.protocol("a continuation of nothing");
            }
            if (header.opcode() != FrameHeader.CONTINUATION && message != 0) {
                throw Violation.protocol("a new message inside another");
            }
            message = message == 0 ? header.opcode() : message;
        }
        inPayload = true;
        left = header.length();
        unmasked = 0;
        open();
    }

    /** Starts a block with the bytes of the character that the last one could not have whole. */
    private void open() {
        int kept = header.isControl() ? 0 : cut.length;
        int room = (int) Math.min(left + kept, FIRST_ROOM_BYTES);
        block = new byte[HEADER_ROOM + Math.max(room, kept)];
        filled = kept;
        if (kept > 0) {
            System.arraycopy(cut, 0, block, HEADER_ROOM, kept);
            cut = NONE;
        }
    }

    /** Moves payload into the block; true when the block or the frame is full. */
    private boolean fill(ByteBuffer in) throws Violation {
        int count = (int) Math.min(Math.min(left, in.remaining()), BLOCK_BYTES - filled);
        int from = HEADER_ROOM + filled;
        if (from + count > block.length) {
            long whole = Math.min(left + filled, BLOCK_BYTES);
            int grown = (int) Math.min(whole, Math.max(filled + (long) count, 2L * block.length));
            block = Arrays.copyOf(block, HEADER_ROOM + grown);
        }
        in.get(block, from, count);
        Masking.remove(header.mask(), unmasked, block, from, count);
        unmasked += count;
        if (message == FrameHeader.TEXT && !header.isControl() && !utf8.accept(block, from, count)) {
            throw Violation.encoding("text that is not UTF-8");
        }
        filled += count;
        left -= count;
        return left == 0 || filled == BLOCK_BYTES;
    }

    private void end() throws Violation {
        if (!header.isControl()) {
            hand(header.fin());
        } else if (header.opcode() == FrameHeader.CLOSE) {
            byte[] payload = Arrays.copyOfRange(block, HEADER_ROOM, HEADER_ROOM + filled);
            block = NONE;
            CloseRules.check(payload);
            sink.close(payload);
        } else {
            sink.control(framed(0x80 | header.opcode(), filled));
        }
    }

    private void hand(boolean last) throws Violation {
        int whole = filled;
        if (message == FrameHeader.TEXT) {
            int incomplete = utf8.incomplete();
            if (last && incomplete > 0) {
                throw Violation.encoding("text that ends inside a character");
            }
            whole -= incomplete;
            cut = incomplete == 0 ? NONE : Arrays.copyOfRange(block, HEADER_ROOM + whole, HEADER_ROOM + filled);
        }
        if (last || whole > 0) {
            int opcode = messageBegun ? FrameHeader.CONTINUATION : message;
            messageBegun = !last;
            message = last ? 0 : message;
            sink.data(framed((last ? 0x80 : 0) | opcode, whole));
        }
        if (inPayload) {
            open();
        }
    }

    /** The block as an unmasked frame, its header right before its payload. */
    private ByteBuffer framed(int first, int length) {
        byte[] bytes = block;
        block = NONE;
        int start;
        if (length <= 125) {
            start = HEADER_ROOM - 2;
            bytes[start + 1] = (byte) length;
        } else {
            start = 0;
            bytes[1] = 126;
            bytes[2] = (byte) (length >>> 8);
            bytes[3] = (byte) length;
        }
        bytes[start] = (byte) first;
        return ByteBuffer.wrap(bytes, start, HEADER_ROOM - start + length).slice();
    }
}
