package dev.parley.standalone;

import java.nio.ByteBuffer;

/**
 * What a thread writes next, gathered outside the heap: a socket takes bytes of the heap only through a copy, and one write
 * of many frames costs little more than one of one. A frame for many connections is copied once, for a room's turn writes it
 * to every member, one after another. One for each thread, of at most {@value #MOST_BYTES} bytes.
 */
final class Gathered {

    static final int MOST_BYTES = 256 * 1024;

    /** No further frame is added beyond this. */
    private static final int ENOUGH_BYTES = 64 * 1024;

    private static final byte[] NONE = {};
    private static final ThreadLocal<Gathered> OF_THREAD = ThreadLocal.withInitial(Gathered::new);

    private byte[] copied = NONE;
    private ByteBuffer copy = ByteBuffer.allocateDirect(8 * 1024);

    private Gathered() {}

    /**
     * What is left of the first of {@code items}, and of the next as far as they go together; to be read until this thread
     * asks again. The items stay as they are.
     */
    static ByteBuffer of(Iterable<Outbox.Item> items) {
        return OF_THREAD.get().gather(items);
    }

    /** A frame for many connections, of {@value #MOST_BYTES} bytes at most; to be read until this thread asks again. */
    static ByteBuffer of(byte[] frame) {
        return OF_THREAD.get().shared(frame);
    }

    private ByteBuffer gather(Iterable<Outbox.Item> items) {
        int bytes = 0;
        for (Outbox.Item item : items) {
            int length = item.length();
            if (bytes == 0 && length > MOST_BYTES) {
                return item.frame().duplicate();
            }
            if (bytes == 0 && item.shared()) {
                return shared(item.frame().array());
            }
            if (bytes > 0 && (bytes + length > ENOUGH_BYTES || item.shared())) {
                break;
            }
            reserve(bytes, length);
            copy.put(item.frame().duplicate());
            bytes += length;
            if (item.last()) {
                break;
            }
        }
        return copy.flip();
    }

    private ByteBuffer shared(byte[] bytes) {
        if (copied != bytes) {
            reserve(0, bytes.length);
            copy.put(bytes);
            copied = bytes;
        }
        return copy.position(0).limit(bytes.length);
    }

    /** Makes room behind what is there. */
    private void reserve(int there, int more) {
        copied = NONE;
        if (there == 0) {
            copy.clear();
        }
        if (copy.capacity() < there + more) {
            copy.flip().limit(there);
            copy = ByteBuffer.allocateDirect(Math.min(MOST_BYTES, 2 * (there + more)))
                    .put(copy);
        }
    }
}
