package dev.parley.standalone;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The mask on what a client sends (RFC 6455, section 5.3). */
final class Masking {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Masking() {}

    /**
     * Takes the mask off {@code count} bytes from {@code from} on, eight at a time.
     *
     * @param key the masking key, its first byte highest
     * @param before how many bytes of the payload were before these
     */
    static void remove(int key, int before, byte[] bytes, int from, int count) {
        int turned = Integer.rotateLeft(key, 8 * (before & 3));
        long twice = (long) turned << 32 | Integer.toUnsignedLong(turned);
        int end = from + count;
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ twice);
        }
        for (int shift = 24; i < end; i++, shift -= 8) {
            bytes[i] ^= (byte) (turned >>> shift);
        }
    }
}
