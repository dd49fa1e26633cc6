package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An HTTP proxy as companies have them: it lets plain requests pass and refuses what it does not know, or takes it and
 * never answers. It closes after each request, so that every connection is of one kind. Thread-safe.
 */
public final class RefusingProxy extends LoopbackProxy {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final byte[] REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    /** What can be told apart by a request's head. */
    public enum Kind {
        /** A WebSocket's handshake. */
        UPGRADE("(?im)^upgrade: websocket"),
        /** Server-Sent Events. */
        EVENTS("^GET [^ ]*/events[? ]"),
        /** A request that the server keeps until it has something to tell. */
        LONG_POLLS("^GET [^ ]*[?&]wait=[1-9]");

        private final Pattern head;

        Kind(String head) {
            this.head = Pattern.compile(head);
        }
    }

    private final InetSocketAddress target;
    private final Map<Line, String> heads = new ConcurrentHashMap<>();
    private volatile Set<Kind> refused = Set.of();
    private volatile Set<Kind> ignored = Set.of();

    /** Leads to {@code target}, from a port of its own. */
    public RefusingProxy(InetSocketAddress target) throws IOException {
        this.target = target;
    }

    /** From now on refuses these and lets all else pass; what is open of them ends. */
    public void refuse(Kind... kinds) {
        ignored = Set.of();
        refused = Set.of(kinds);
        end(refused);
    }

    /** From now on takes these without ever answering and lets all else pass; what is open of them ends. */
    public void ignore(Kind... kinds) {
        refused = Set.of();
        ignored = Set.of(kinds);
        end(ignored);
    }

    private void end(Set<Kind> kinds) {
        heads.forEach((line, head) -> {
            if (isOneOf(kinds, head)) {
                line.close();
            }
        });
    }

    private static boolean isOneOf(Set<Kind> kinds, String head) {
        return kinds.stream().anyMatch(kind -> kind.head.matcher(head).find());
    }

    @Override
    void serve(Line line) throws IOException {
        String head = readHead(line.fromClient());
        heads.put(line, head);
        try {
            if (isOneOf(refused, head)) {
                line.toClient().write(REFUSAL);
            } else if (isOneOf(ignored, head)) {
                line.fromClient().transferTo(OutputStream.nullOutputStream());
            } else if (!head.isEmpty()) {
                line.lead(target, ofOneRequest(head).getBytes(StandardCharsets.ISO_8859_1));
            }
        } finally {
            heads.remove(line);
        }
    }

    /** Empty when the client left before it had asked. */
    private static String readHead(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < MAX_HEAD_BYTES && read.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return "";
            }
            read.append((char) b);
        }
        return read.toString();
    }

    private static String ofOneRequest(String head) {
        return isOneOf(Set.of(Kind.UPGRADE), head)
                ? head
                : head.replaceFirst("(?im)^connection:.*$", "Connection: close");
    }
}
