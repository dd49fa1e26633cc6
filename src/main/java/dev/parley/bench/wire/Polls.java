package dev.parley.bench.wire;

import java.util.Optional;

/** One GET after another on one connection, each answer a message. Confined to the loop. */
public final class Polls extends LinkStream {

    private final Following following;
    private Request request;

    /** Which request follows an answer. */
    @FunctionalInterface
    public interface Following {

        /** Its path, with the query. */
        String path(byte[] body, int from, int to);
    }

    /** Begins to connect. */
    public Polls(Loop loop, Request first, Following following, Inbox inbox, int receiveBuffer) {
        super(loop, inbox);
        this.request = first;
        this.following = following;
        loop.open(link, receiveBuffer);
    }

    @Override
    public void connected() {
        byte[] get = request.get("application/json");
        link.write(loop, get, 0, get.length);
    }

    @Override
    public int read(byte[] bytes, int from, int to, long now) {
        Optional<HttpHead> head = HttpHead.parse(bytes, from, to);
        if (head.isEmpty()) {
            return 0;
        }
        int body = from + head.get().bytes();
        int end = body + head.get().contentLength();
        if (end > to) {
            return 0;
        }
        if (head.get().status() != 200) {
            fail(
                    head.get().status(),
                    "answered with " + head.get().status() + ' ' + head.get().reason());
            return to - from;
        }
        frames++;
        if (!open) {
            open = true;
            inbox.opened(head.get().cookie());
        }
        inbox.message(bytes, body, end, now);
        if (!over) {
            request = request.with(head.get().cookie()).at(following.path(bytes, body, end));
            connected();
        }
        return over ? to - from : end - from;
    }
}
