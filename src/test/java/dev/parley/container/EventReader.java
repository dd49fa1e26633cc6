package dev.parley.container;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.RetryDelayStrategy;
import com.launchdarkly.eventsource.StartedEvent;
import com.launchdarkly.eventsource.StreamEvent;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A reader of one stream, with a library of others' that resumes by {@code Last-Event-ID}; it writes down which messages it is
 * given, and drops none. Thread-safe.
 */
final class EventReader implements AutoCloseable {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final long PATIENCE_SECONDS = 30;

    /** Instead of the 2 s that the server asks for. */
    private static final long PAUSE_MILLIS = 20;

    private final EventSource source;

    @GuardedBy("this")
    private final List<Long> seqs = new ArrayList<>();

    @GuardedBy("this")
    private int streams;

    /** Begins to read, on a thread of its own. */
    EventReader(URI stream) {
        source = new EventSource.Builder(stream)
                .errorStrategy(ErrorStrategy.alwaysContinue())
                .retryDelayStrategy(RetryDelayStrategy.defaultStrategy().maxDelay(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .build();
        Thread reader = new Thread(() -> source.anyEvents().forEach(this::came), "event-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private synchronized void came(StreamEvent event) {
        if (event instanceof StartedEvent) {
            streams++;
        } else if (event instanceof MessageEvent message) {
            for (JsonObject each : messages(message.getData())) {
                if (each.getString("type").equals("message")) {
                    seqs.add(each.getJsonNumber("seq").longValue());
                }
            }
            notifyAll();
        }
    }

    private static List<JsonObject> messages(String data) {
        try (JsonReader reader = JSON.createReader(new StringReader(data))) {
            JsonValue value = reader.readValue();
            return value instanceof JsonArray array
                    ? array.getValuesAs(JsonObject.class)
                    : List.of(value.asJsonObject());
        }
    }

    /** Waits until it has been given so many messages, 30 s at most. */
    synchronized void await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (seqs.size() < count) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw new AssertionError(count + " messages awaited, had " + seqs);
            }
            wait(millis);
        }
    }

    /** Which messages it was given, as they came. */
    synchronized List<Long> seqs() {
        return List.copyOf(seqs);
    }

    /** How many streams it has begun to read. */
    synchronized int streams() {
        return streams;
    }

    @Override
    public void close() {
        source.close();
    }
}
