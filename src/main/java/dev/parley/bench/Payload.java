package dev.parley.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a message: {@code @@publisher:number:due@@} and filler, so that whoever gets it can tell where it comes from,
 * which one it is, how long it was under way, and whether it is whole. ASCII that JSON does not escape. Holds what was read
 * last; confined to one thread.
 */
final class Payload {

    /** Bytes of the longest marker. */
    static final int SMALLEST = 64;

    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 19;

    private final int size;
    private final byte[] filler;
    private final byte[] digits = new byte[MAX_DIGITS + 1];
    private int at;
    private long publisher;
    private long number;
    private long due;

    Payload(int size) {
        this.size = size;
        this.filler = new byte[size];
        for (int i = 0; i < size; i++) {
            filler[i] = ALPHABET[i % ALPHABET.length];
        }
    }

    int size() {
        return size;
    }

    /** Writes one, and tells where it ends. */
    int write(byte[] to, int start, long from, long no, long dueNanos) {
        int end = start;
        to[end++] = '@';
        to[end++] = '@';
        end = digits(to, end, from);
        to[end++] = ':';
        end = digits(to, end, no);
        to[end++] = ':';
        end = digits(to, end, dueNanos);
        to[end++] = '@';
        to[end++] = '@';
        int rest = size - (end - start);
        System.arraycopy(filler, 0, to, end, rest);
        return end + rest;
    }

    /** Writes a number that is not negative. */
    int digits(byte[] to, int start, long value) {
        int first = digits.length;
        long left = value;
        do {
            digits[--first] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        System.arraycopy(digits, first, to, start, digits.length - first);
        return start + digits.length - first;
    }

    /** Reads the one that starts there; false if there is none, or it is not what was written. */
    boolean read(byte[] bytes, int start, int to) {
        if (to - start < size || bytes[start] != '@' || bytes[start + 1] != '@') {
            return false;
        }
        at = start + 2;
        publisher = number(bytes, to, ':');
        number = number(bytes, to, ':');
        due = number(bytes, to, '@');
        if (publisher < 0 || number < 0 || due < 0 || at >= to || bytes[at++] != '@') {
            return false;
        }
        int rest = size - (at - start);
        return rest >= 0 && Arrays.equals(bytes, at, at + rest, filler, 0, rest);
    }

    private long number(byte[] bytes, int to, char end) {
        long value = 0;
        int first = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - first < MAX_DIGITS) {
            value = 10 * value + bytes[at++] - '0';
        }
        boolean ended = at > first && at < to && bytes[at++] == end;
        return ended ? value : -1;
    }

    long publisher() {
        return publisher;
    }

    long number() {
        return number;
    }

    /** When it was due to be sent, in nanoseconds of {@link Clock}. */
    long due() {
        return due;
    }
}
