package dev.parley.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A way out that remembers what went. Writes end at once, or when the test says so. Thread-safe. */
public final class RecordingConnection implements Connection {

    @GuardedBy("this")
    private final List<Frame> frames = new ArrayList<>();

    @GuardedBy("this")
    private final List<CloseCode> closes = new ArrayList<>();

    @GuardedBy("this")
    private Optional<Written> underWay = Optional.empty();

    @GuardedBy("this")
    private boolean held;

    @GuardedBy("this")
    private boolean failing;

    @GuardedBy("this")
    private int pings;

    /** Writes from now on end when the test says so. */
    public synchronized RecordingConnection hold() {
        held = true;
        return this;
    }

    /** Writes from now on fail at once. */
    synchronized void fail() {
        failing = true;
    }

    @Override
    public void write(Frame frame, Written written) {
        synchronized (this) {
            frames.add(frame);
        }
        take(written);
    }

    @Override
    public void ping(Written written) {
        synchronized (this) {
            pings++;
        }
        take(written);
    }

    private void take(Written written) {
        synchronized (this) {
            if (underWay.isPresent()) {
                throw new AssertionError("two writes under way");
            }
            if (!closes.isEmpty()) {
                throw new AssertionError("a write after the close");
            }
            if (held) {
                underWay = Optional.of(written);
                return;
            }
        }
        written.done(isFailing() ? new IOException("expected") : null);
    }

    private synchronized boolean isFailing() {
        return failing;
    }

    @Override
    public synchronized void close(CloseCode code, String reason) {
        closes.add(code);
    }

    /** The write under way ends well. */
    public void finishWrite() {
        endWrite().done(null);
    }

    void failWrite() {
        endWrite().done(new IOException("expected"));
    }

    private synchronized Written endWrite() {
        Written ended = underWay.orElseThrow(() -> new AssertionError("no write is under way"));
        underWay = Optional.empty();
        return ended;
    }

    /** Writes end at once again, the one under way too. */
    public void release() {
        boolean busy;
        synchronized (this) {
            held = false;
            busy = underWay.isPresent();
        }
        if (busy) {
            finishWrite();
        }
    }

    synchronized boolean isBusy() {
        return underWay.isPresent();
    }

    public synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    public synchronized List<CloseCode> closes() {
        return List.copyOf(closes);
    }

    synchronized int pings() {
        return pings;
    }

    /** What each frame says. */
    public List<String> texts() {
        return frames().stream().map(Frame::text).toList();
    }

    /** The messages of all frames. */
    public List<JsonObject> messages() {
        return frames().stream().flatMap(frame -> messages(frame).stream()).toList();
    }

    static List<JsonObject> messages(Frame frame) {
        JsonValue value = Json.createReader(new StringReader(frame.text())).readValue();
        return value instanceof JsonArray array ? array.getValuesAs(JsonObject.class) : List.of(value.asJsonObject());
    }

    /** Those of one type. */
    public List<JsonObject> messages(String type) {
        return messages().stream().filter(m -> m.getString("type").equals(type)).toList();
    }

    /** The numbers of the messages in rooms, in the order in which they came. */
    public List<Long> seqs() {
        return messages("message").stream()
                .map(m -> m.getJsonNumber("seq").longValue())
                .toList();
    }

    /** The types of all messages, in order. */
    public List<String> types() {
        return messages().stream().map(m -> m.getString("type")).toList();
    }
}
