package dev.parley.bench;

import dev.parley.bench.wire.Inbox;
import dev.parley.bench.wire.WebSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends to {@code /echo} and sends the next as soon as one is back. Confined to one thread. */
final class EchoClient implements Inbox {

    private final Run run;
    private final int index;
    private final byte[] scratch;
    private final Received received = new Received(1);
    private @Nullable WebSocket socket;
    private boolean open;
    private boolean stopped;
    private long sent;

    EchoClient(Run run, int index) {
        this.run = run;
        this.index = index;
        this.scratch = new byte[run.payload().size()];
    }

    void open() {
        socket = new WebSocket(run.loop(), run.plainRequest("echo"), run.outgoing(), this, 0);
    }

    void send(int count, long now) {
        WebSocket line = socket;
        if (line == null || !open) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int end = run.payload().write(scratch, 0, index, ++sent, now);
            run.outgoing().add(run.binary(), scratch, 0, end);
        }
        line.flush();
    }

    /** Sends nothing more. */
    void stop() {
        stopped = true;
    }

    boolean isOpen() {
        return open;
    }

    long missing() {
        return sent - received.count(0);
    }

    @Override
    public void opened(Optional<String> cookie) {
        open = true;
        run.readied();
    }

    @Override
    public void message(byte[] bytes, int from, int to, long now) {
        Payload payload = run.payload();
        if (to - from != payload.size() || !payload.read(bytes, from, to)) {
            run.corrupt();
            return;
        }
        if (payload.publisher() != index) {
            run.tally().misrouted++;
            return;
        }
        run.tally().received(received.take(0, payload.number()));
        run.tally().delivered(payload.due(), Clock.of(now));
        if (!stopped) {
            send(1, Clock.now());
        }
    }

    @Override
    public void ended(int code, String why) {
        if (open) {
            open = false;
            run.tally().cut(code, why);
        } else {
            run.tally().refuse(Advice.about(code, why));
        }
    }
}
