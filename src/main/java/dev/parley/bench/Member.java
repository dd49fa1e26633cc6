package dev.parley.bench;

import dev.parley.bench.wire.EventStream;
import dev.parley.bench.wire.Inbox;
import dev.parley.bench.wire.Polls;
import dev.parley.bench.wire.Request;
import dev.parley.bench.wire.Stream;
import dev.parley.bench.wire.WebSocket;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads in one room, and checks all that comes. Keeps its cursor and its cookie over connections. Confined to one thread. */
final class Member implements Inbox, Scanner.Sink {

    private static final byte[] CURSOR = "\"cursor\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HELLO =
            "{\"type\":\"hello\",\"frames\":\"binary\"}".getBytes(StandardCharsets.US_ASCII);

    private final Run run;
    private final LoadRoom room;
    private final Transport transport;
    private final Received received;
    private final int receiveBuffer;
    private Optional<String> cookie = Optional.empty();
    private Optional<Publisher> publisher = Optional.empty();
    private @Nullable Stream stream;
    private boolean ready;
    private boolean helloDue;
    private boolean welcomeDue;
    private boolean counts = true;
    private long seq = -1;
    private long target = Long.MAX_VALUE;

    /** How a member reads. */
    enum Transport {
        WS,
        SSE,
        LONGPOLL
    }

    Member(Run run, LoadRoom room, Transport transport, int receiveBuffer) {
        this.run = run;
        this.room = room;
        this.transport = transport;
        this.received = new Received(room.publishersEach());
        this.receiveBuffer = receiveBuffer;
    }

    /** It will send, too, by the same connection. */
    void publishes(Publisher by) {
        publisher = Optional.of(by);
    }

    /** Opens a connection; at its cursor, if it has one. */
    void open() {
        ready = false;
        helloDue = transport == Transport.WS && run.binary();
        welcomeDue = false;
        String after = seq < 0 ? "" : "after=" + room.cursor(seq);
        stream = switch (transport) {
            case WS -> {
                WebSocket socket = new WebSocket(
                        run.loop(), request("chat/" + room.name(), after), run.outgoing(), this, receiveBuffer);
                publisher.ifPresent(by -> by.use(socket));
                yield socket;
            }
            case SSE -> new EventStream(run.loop(), request(path("events"), after), this, receiveBuffer);
            case LONGPOLL ->
                new Polls(run.loop(), request(path("messages"), after), this::nextPoll, this, receiveBuffer);
        };
    }

    private String path(String what) {
        return "api/rooms/" + room.name() + "/" + what;
    }

    private Request request(String path, String query) {
        return run.request(query.isEmpty() ? path : path + "?" + query).with(cookie);
    }

    private String nextPoll(byte[] body, int from, int to) {
        return run.request(path("messages") + "?wait=25&after=" + room.cursor(seq))
                .path();
    }

    /** Ends the connection as a lost line does. */
    void cut() {
        if (ready) {
            ready = false;
            room.left();
            run.ended();
        }
        if (stream != null) {
            stream.cut();
        }
    }

    /** Stops reading; what others get is measured without it. */
    void hang() {
        counts = false;
        room.left();
        if (stream != null) {
            stream.pause();
        }
    }

    /** Reads on. */
    void wake() {
        if (stream != null) {
            stream.resume();
        }
    }

    /** {@link Run#caughtUp} is to be told when it has had everything up to {@code last}. */
    void chase(long last) {
        target = last;
    }

    boolean isReady() {
        return ready;
    }

    long frames() {
        return stream == null ? 0 : stream.frames();
    }

    /** How many messages it should have had and has not. */
    long missing() {
        long missing = 0;
        for (int i = 0; i < room.publishers().size(); i++) {
            missing += room.publishers().get(i).sent() - received.count(i);
        }
        return missing;
    }

    @Override
    public void opened(Optional<String> told) {
        cookie = told.or(() -> cookie);
    }

    @Override
    public void message(byte[] bytes, int from, int to, long now) {
        if (transport == Transport.LONGPOLL && !ready) {
            int at = Scanner.find(bytes, from, to, CURSOR);
            if (at >= 0) {
                int start = at + CURSOR.length;
                int end = start;
                while (end < to && bytes[end] != '"') {
                    end++;
                }
                place(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
            }
            becomeReady();
        }
        room.scanner().scan(bytes, from, to, now, this);
    }

    private void place(String cursor) {
        int colon = cursor.lastIndexOf(':');
        room.epoch(cursor.substring(0, Math.max(colon, 0)));
        if (seq < 0) {
            seq = Long.parseLong(cursor.substring(colon + 1));
        }
    }

    private void becomeReady() {
        ready = true;
        room.joined();
        run.readied();
    }

    @Override
    public void entry(long found, Payload payload, long now) {
        int local = room.local(payload.publisher());
        if (local < 0) {
            run.tally().misrouted++;
            return;
        }
        Received.Outcome outcome = received.take(local, payload.number());
        boolean back = outcome == Received.Outcome.IN_ORDER && found <= seq;
        run.tally().received(back ? Received.Outcome.OUT_OF_ORDER : outcome);
        if (!room.agrees(found, payload.publisher(), payload.number())) {
            run.tally().disagreeing++;
        }
        moveTo(found);
        if (counts) {
            room.delivered();
            run.tally().delivered(payload.due(), Clock.of(now));
        }
    }

    private void moveTo(long found) {
        seq = Math.max(seq, found);
        if (seq >= target) {
            target = Long.MAX_VALUE;
            run.caughtUp();
        }
    }

    @Override
    public void foreign(long found) {
        run.tally().foreign++;
        moveTo(found);
    }

    @Override
    public void sent(long acknowledged) {
        publisher.ifPresent(by -> by.sent(acknowledged));
    }

    @Override
    public void told(JsonObject message) {
        switch (message.getString("type", "")) {
            case "joined" -> {
                place(message.getString("cursor", ""));
                if (helloDue && stream instanceof WebSocket socket) {
                    helloDue = false;
                    welcomeDue = true;
                    socket.send(true, HELLO);
                } else if (!ready) {
                    becomeReady();
                }
            }
            case "welcome" -> {
                if (welcomeDue) {
                    welcomeDue = false;
                    becomeReady();
                }
            }
            case "gap" -> {
                run.tally().gaps++;
                String to = message.getString("to", "");
                moveTo(Long.parseLong(to.substring(to.lastIndexOf(':') + 1)));
            }
            default -> run.told(message, stream instanceof WebSocket socket ? Optional.of(socket) : Optional.empty());
        }
    }

    @Override
    public void corrupt() {
        run.corrupt();
    }

    @Override
    public void ended(int code, String why) {
        if (!ready) {
            run.tally().refuse(Advice.about(code, why));
            return;
        }
        ready = false;
        run.ended();
        if (counts) {
            room.left();
            run.tally().cut(code, why);
        } else {
            run.tally().closed(code);
        }
    }
}
