package dev.parley.standalone;

import java.nio.ByteBuffer;

/** The header of a client's frame, read as its bytes come and checked. Confined to one thread at a time. */
final class FrameHeader {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int MASK_BYTES = 4;

    private final byte[] bytes = new byte[14];
    private int have;

    /** Takes what it needs; true when the header is whole. The next call after that begins another. */
    boolean read(ByteBuffer in) throws Violation {
        while (in.hasRemaining()) {
            bytes[have++] = in.get();
            if (have == 1) {
                checkFirst();
            } else if (have == 2) {
                checkSecond();
            }
            if (have >= 2 && have == 2 + lengthBytes() + MASK_BYTES) {
                checkLength();
                have = 0;
                return true;
            }
        }
        return false;
    }

    private void checkFirst() throws Violation {
        if ((bytes[0] & 0x70) != 0) {
            throw Violation.protocol("a reserved bit is set");
        }
        int opcode = opcode();
        if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
            throw Violation.protocol("opcode " + opcode + " is reserved");
        }
        if (isControl() && !fin()) {
            throw Violation.protocol("a control frame in fragments");
        }
    }

    private void checkSecond() throws Violation {
        if (bytes[1] >= 0) {
            throw Violation.protocol("a frame without a mask");
        }
        if (isControl() && lengthBytes() > 0) {
            throw Violation.protocol("a control frame of more than 125 bytes");
        }
    }

    private void checkLength() throws Violation {
        long length = length();
        if (length < 0) {
            throw Violation.protocol("a length with its highest bit set");
        }
        if ((lengthBytes() == 2 && length <= 125) || (lengthBytes() == 8 && length <= 0xFFFF)) {
            throw Violation.protocol("a length in more bytes than it needs");
        }
    }

    private int lengthBytes() {
        return switch (bytes[1] & 0x7F) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
    }

    boolean fin() {
        return bytes[0] < 0;
    }

    int opcode() {
        return bytes[0] & 0x0F;
    }

    boolean isControl() {
        return (bytes[0] & 0x08) != 0;
    }

    /** Payload bytes. */
    long length() {
        return switch (lengthBytes()) {
            case 2 -> ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF;
            case 8 -> ByteBuffer.wrap(bytes).getLong(2);
            default -> bytes[1] & 0x7F;
        };
    }

    /** The masking key, its first byte highest. */
    int mask() {
        return ByteBuffer.wrap(bytes).getInt(2 + lengthBytes());
    }
}
