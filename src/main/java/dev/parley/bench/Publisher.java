package dev.parley.bench;

import dev.parley.bench.wire.Inbox;
import dev.parley.bench.wire.WebSocket;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends numbered messages to a room, by a member's connection or one of its own. Confined to one thread. */
final class Publisher implements Inbox, Scanner.Sink {

    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);

    private final Run run;
    private final LoadRoom room;
    private final long number;
    private final byte[] key;
    private final byte[] scratch;
    private @Nullable WebSocket socket;
    private boolean open;
    private long sent;
    private long acknowledged;
    private long acknowledgedSeq;
    private long due;

    Publisher(Run run, LoadRoom room, int local) {
        this.run = run;
        this.room = room;
        this.number = room.publisherNumber(local);
        String head =
                "{\"type\":\"send\",\"room\":\"" + room.name() + "\",\"key\":\"" + run.name() + '-' + number + '-';
        this.key = head.getBytes(StandardCharsets.US_ASCII);
        this.scratch = new byte[key.length + 64 + run.payload().size()];
    }

    /** Opens a connection that is in no room. */
    void open() {
        socket = new WebSocket(run.loop(), run.request("chat"), run.outgoing(), this, 0);
    }

    /** Sends by this connection, which is open. */
    void use(WebSocket member) {
        socket = member;
    }

    /** Sends so many, which were due then. */
    void send(int count, long dueNanos) {
        WebSocket line = socket;
        if (count <= 0 || line == null) {
            return;
        }
        for (int i = 0; i < count; i++) {
            sent++;
            System.arraycopy(key, 0, scratch, 0, key.length);
            int at = run.payload().digits(scratch, key.length, sent);
            at = put("\",\"text\":\"", at);
            at = run.payload().write(scratch, at, number, sent, dueNanos);
            System.arraycopy(END, 0, scratch, at, END.length);
            run.outgoing().add(run.binary(), scratch, 0, at + END.length);
        }
        line.flush();
        room.sent(count);
    }

    private int put(String ascii, int at) {
        for (int i = 0; i < ascii.length(); i++) {
            scratch[at + i] = (byte) ascii.charAt(i);
        }
        return at + ascii.length();
    }

    /** Begins to count time for {@link #sendDue}. */
    void startAt(long firstDue) {
        due = firstDue;
    }

    /** Open loop: sends what is due, and tells when the next one is. */
    long sendDue(long now, long intervalNanos) {
        while (due <= now) {
            send(1, due);
            due += intervalNanos;
        }
        return due;
    }

    long sent() {
        return sent;
    }

    boolean isOpen() {
        return open;
    }

    boolean isAcknowledged() {
        return acknowledged == sent;
    }

    /** The newest place in the room's log that it knows of. */
    long acknowledgedSeq() {
        return acknowledgedSeq;
    }

    @Override
    public void opened(Optional<String> cookie) {
        open = true;
        run.readied();
    }

    @Override
    public void message(byte[] bytes, int from, int to, long now) {
        room.scanner().scan(bytes, from, to, now, this);
    }

    @Override
    public void sent(long seq) {
        acknowledged++;
        acknowledgedSeq = Math.max(acknowledgedSeq, seq);
    }

    @Override
    public void told(JsonObject message) {
        run.told(message, Optional.ofNullable(socket));
    }

    @Override
    public void entry(long seq, Payload payload, long now) {
        run.tally().misrouted++;
    }

    @Override
    public void foreign(long seq) {
        run.tally().misrouted++;
    }

    @Override
    public void corrupt() {
        run.corrupt();
    }

    @Override
    public void ended(int code, String why) {
        if (open) {
            socket = null;
            run.tally().cut(code, why);
        } else {
            run.tally().refuse(Advice.about(code, why));
        }
    }
}
