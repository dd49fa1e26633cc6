package dev.parley.standalone;

/**
 * Checks UTF-8 that comes in pieces: no overlong forms, no surrogates, nothing over U+10FFFF. Fails at the first byte
 * that cannot be, not at the end of its character. Confined to one thread.
 */
final class Utf8 {

    private int expected;
    private int lowest = 0x80;
    private int highest = 0xBF;
    private int seen;

    /** Takes the next {@code length} bytes; false if they can be no UTF-8. */
    boolean accept(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (expected == 0 && b >= 0) {
                continue;
            }
            if (!accept(b & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private boolean accept(int b) {
        if (expected == 0) {
            return begin(b);
        }
        if (b < lowest || b > highest) {
            return false;
        }
        lowest = 0x80;
        highest = 0xBF;
        expected--;
        seen = expected == 0 ? 0 : seen + 1;
        return true;
    }

    private boolean begin(int b) {
        if (b < 0xC2 || b > 0xF4) {
            return false;
        }
        expected = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        lowest = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        highest = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        seen = 1;
        return true;
    }

    /** How many of the bytes taken last belong to a character that is not complete, 0 to 3. */
    int incomplete() {
        return seen;
    }

    /** Forgets what it has seen. */
    void reset() {
        expected = 0;
        seen = 0;
        lowest = 0x80;
        highest = 0xBF;
    }
}
