package dev.parley.bench.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A client's frames, masked, one after the other, to be written at once. Reused. Confined to one thread. */
public final class Outgoing {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int PONG = 10;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEADER_BYTES = 14;

    private final SplittableRandom masks = new SplittableRandom();
    private byte[] frames = new byte[64 * 1024];
    private int length;

    /** Nothing to be written. */
    public Outgoing() {}

    /** Adds a message. */
    public void add(boolean binary, byte[] payload, int from, int count) {
        add(binary ? BINARY : TEXT, payload, from, count);
    }

    void add(int opcode, byte[] payload, int from, int count) {
        if (length + HEADER_BYTES + count > frames.length) {
            frames = Arrays.copyOf(frames, Math.max(length + HEADER_BYTES + count, 2 * frames.length));
        }
        frames[length++] = (byte) (0x80 | opcode);
        if (count <= 125) {
            frames[length++] = (byte) (0x80 | count);
        } else if (count <= 0xFFFF) {
            frames[length++] = (byte) (0x80 | 126);
            frames[length++] = (byte) (count >>> 8);
            frames[length++] = (byte) count;
        } else {
            frames[length++] = (byte) (0x80 | 127);
            LONGS.set(frames, length, (long) count);
            length += Long.BYTES;
        }
        int mask = masks.nextInt();
        for (int shift = 24; shift >= 0; shift -= 8) {
            frames[length++] = (byte) (mask >>> shift);
        }
        System.arraycopy(payload, from, frames, length, count);
        mask(mask, length, count);
        length += count;
    }

    private void mask(int mask, int from, int count) {
        long twice = (long) mask << 32 | (mask & 0xFFFF_FFFFL);
        int i = 0;
        for (; i + Long.BYTES <= count; i += Long.BYTES) {
            LONGS.set(frames, from + i, (long) LONGS.get(frames, from + i) ^ twice);
        }
        for (; i < count; i++) {
            frames[from + i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
        }
    }

    /** What was added since the last time, to be written by somebody else. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(frames, length);
        length = 0;
        return taken;
    }

    void writeTo(Link link, Loop loop) {
        int count = length;
        length = 0;
        link.write(loop, frames, 0, count);
    }
}
