package dev.parley.standalone;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a close frame may say: RFC 6455, sections 5.5.1 and 7.4, and the codes registered since. */
final class CloseRules {

    private CloseRules() {}

    /** Checks a client's payload. */
    static void check(byte[] payload) throws Violation {
        if (payload.length == 0) {
            return;
        }
        if (payload.length == 1) {
            throw Violation.protocol("half a close code");
        }
        int code = code(payload);
        if (!isAllowed(code)) {
            throw Violation.protocol("close code " + code + " is not for sending");
        }
        Utf8 utf8 = new Utf8();
        if (!utf8.accept(payload, 2, payload.length - 2) || utf8.incomplete() > 0) {
            throw Violation.encoding("a close reason that is not UTF-8");
        }
    }

    static int code(byte[] payload) {
        return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    private static boolean isAllowed(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    /** The frame for Tyrus, which takes some of the allowed codes for faults; those go to it as 1001. */
    static ByteBuffer forTyrus(byte[] payload) {
        byte[] known = payload.length == 0 ? new byte[] {0x03, (byte) 0xE8} : payload.clone();
        int code = code(known);
        if (code >= 1012 && code <= 1014) {
            known[1] = (byte) 0xE9;
        }
        return frame(known);
    }

    /** What a close frame says. */
    static byte[] payload(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    /** An unmasked close frame. */
    static ByteBuffer frame(byte[] payload) {
        return ByteBuffer.allocate(2 + payload.length)
                .put((byte) (0x80 | FrameHeader.CLOSE))
                .put((byte) payload.length)
                .put(payload)
                .flip();
    }
}
