package dev.parley.bench.wire;

import java.util.Arrays;
import java.util.Optional;

/** Server-Sent Events (WHATWG HTML, 9.2) over HTTP/1.1: the data of each event is a message. Confined to the loop. */
public final class EventStream extends LinkStream {

    private static final byte[] NONE = new byte[0];
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':', ' '};
    private static final int MAX_LINE_BYTES = 20;

    private final Request request;
    private boolean chunked;
    private int chunkLeft;
    private byte[] events = NONE;
    private int filled;

    /** Begins to connect. */
    public EventStream(Loop loop, Request request, Inbox inbox, int receiveBuffer) {
        super(loop, inbox);
        this.request = request;
        loop.open(link, receiveBuffer);
    }

    @Override
    public void connected() {
        byte[] get = request.get("text/event-stream");
        link.write(loop, get, 0, get.length);
    }

    @Override
    public int read(byte[] bytes, int from, int to, long now) {
        int at = from;
        if (!open) {
            Optional<HttpHead> head = HttpHead.parse(bytes, from, to);
            if (head.isEmpty()) {
                return 0;
            }
            at += head.get().bytes();
            if (head.get().status() != 200) {
                fail(
                        head.get().status(),
                        "answered with " + head.get().status() + ' '
                                + head.get().reason());
                return to - from;
            }
            open = true;
            chunked = head.get().isChunked();
            inbox.opened(head.get().cookie());
        }
        at = chunked ? unchunk(bytes, at, to) : append(bytes, at, to);
        lines(now);
        return over ? to - from : at - from;
    }

    private int unchunk(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (chunkLeft > 0) {
                int count = Math.min(chunkLeft, to - at);
                at = append(bytes, at, at + count);
                chunkLeft -= count;
                continue;
            }
            int end = at;
            while (end < to && bytes[end] != '\n') {
                end++;
            }
            if (end == to && to - at < MAX_LINE_BYTES) {
                return at;
            }
            for (int i = at; i < end; i++) {
                int digit = Character.digit(bytes[i], 16);
                chunkLeft = digit < 0 ? chunkLeft : chunkLeft << 4 | digit;
            }
            at = Math.min(end + 1, to);
        }
        return at;
    }

    private int append(byte[] bytes, int from, int to) {
        int count = to - from;
        if (filled + count > events.length) {
            events = Arrays.copyOf(events, Math.max(filled + count, 2 * events.length));
        }
        System.arraycopy(bytes, from, events, filled, count);
        filled += count;
        return to;
    }

    private void lines(long now) {
        int start = 0;
        for (int i = 0; i < filled && !over; i++) {
            if (events[i] == '\n') {
                int begin = start + DATA.length;
                if (begin < i && Arrays.equals(events, start, begin, DATA, 0, DATA.length)) {
                    frames++;
                    inbox.message(events, begin, i, now);
                }
                start = i + 1;
            }
        }
        filled -= start;
        System.arraycopy(events, start, events, 0, filled);
        if (filled == 0) {
            events = NONE;
        }
    }
}
