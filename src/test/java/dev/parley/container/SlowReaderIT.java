package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import dev.parley.testing.RawWebSocket;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody stops reading while a room is saturated with messages of 4 KiB. */
@ExtendWith(ArquillianExtension.class)
class SlowReaderIT {

    private static final int OTHERS = 20;
    private static final int MESSAGES = 3000;

    /** 24 MB: kernels and containers hold some 10 MB for a connection that does not read. */
    private static final int MANY_MESSAGES = 6000;

    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);
    private static final int RECEIVE_BYTES = 4096;

    /** Messages sent ahead of the slowest of the others: the room is saturated, and nobody's kernel buffers hide it. */
    private static final int AHEAD = 50;

    private static final String FILLER = "x".repeat(3990);

    @ArquillianResource
    private URL url;

    private URI base;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with(
                "rate=0",
                "writeTimeout=" + WRITE_TIMEOUT.toSeconds() + "s",
                "linger=0s",
                "backlog=64",
                "gapRooms=skips",
                "slowLag=100");
    }

    @BeforeEach
    void here() {
        base = TestWar.base(url);
    }

    /** Joins, and reads no more. */
    private RawWebSocket stopsReading(String room) throws IOException {
        RawWebSocket slow = new RawWebSocket("localhost", base.getPort(), RECEIVE_BYTES);
        slow.handshake(base.getPath() + "chat/" + room + "?name=Slow", "Sec-WebSocket-Protocol: parley.v1.json");
        String heard = "";
        while (!heard.contains("\"joined\"")) {
            heard += slow.readMessage().text();
        }
        return slow;
    }

    @Test
    void slowReaderDelaysNobodyElseAndIsCut() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(OTHERS);
        try (ChatClient watches = ChatClient.at(base, "chat/cuts").open();
                RawWebSocket slow = stopsReading("cuts")) {
            watches.next("joined");
            AtomicLongArray sentAt = new AtomicLongArray(MESSAGES);
            Semaphore received = new Semaphore(0);
            List<Future<Duration>> delays = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                RawWebSocket other =
                        RawWebSocket.open("localhost", base.getPort(), base.getPath() + "chat/cuts?name=Other" + i);
                delays.add(readers.submit(readAll(other, sentAt, received)));
            }

            ChatClient sender = ChatClient.at(base, "chat").open();
            for (int i = 0; i < MESSAGES; i++) {
                sentAt.set(i, System.nanoTime());
                sender.say("send", "room", "cuts", "key", "k" + i, "text", i + " " + FILLER);
                if (i >= AHEAD) {
                    assertThat(received.tryAcquire(OTHERS, ChatClient.DEADLINE.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                }
            }

            for (Future<Duration> delay : delays) {
                assertThat(delay.get(ChatClient.DEADLINE.toSeconds(), TimeUnit.SECONDS))
                        .as("the longest that a message took, which is shorter than anybody waits for a slow reader")
                        .isLessThan(WRITE_TIMEOUT.minusSeconds(1));
            }
            assertThat(sender.next("sent", MESSAGES)).hasSize(MESSAGES);
            awaitDeparture(watches, "Slow");
            assertThat(endOf(slow)).isIn("4108", "end");
        } finally {
            readers.shutdownNow();
        }
    }

    /** Reads all messages, in order and without a hole; the longest delay. */
    private static Callable<Duration> readAll(RawWebSocket client, AtomicLongArray sentAt, Semaphore received) {
        return () -> {
            long longest = 0;
            try (client) {
                for (int i = 0; i < MESSAGES; i++) {
                    String text = client.readMessage().text();
                    assertThat(text).startsWith(i + " x");
                    longest = Math.max(longest, System.nanoTime() - sentAt.get(i));
                    received.release();
                }
            }
            return Duration.ofNanos(longest);
        };
    }

    private static void awaitDeparture(ChatClient watches, String name) {
        while (true) {
            JsonArray left = watches.next("presence").getJsonArray("left");
            if (left.getValuesAs(JsonObject.class).stream()
                    .anyMatch(person -> person.getString("name").equals(name))) {
                return;
            }
        }
    }

    /**
     * What the one that was cut finds when it reads on. On Tomcat and on the standalone server the TCP connection is gone;
     * on Payara what was written stays to be read, with the close frame after it.
     */
    private static String endOf(RawWebSocket slow) throws IOException {
        try {
            return Integer.toString(slow.readClose().closeCode());
        } catch (EOFException | java.net.SocketException cut) {
            return "end";
        }
    }

    @Test
    void slowReaderOfARoomThatSkipsIsToldWhatItMissed() throws Exception {
        try (RawWebSocket slow = stopsReading("skips");
                ChatClient sender = ChatClient.at(base, "chat").open()) {
            Deque<JsonObject> heard = new ArrayDeque<>();
            boolean gap = false;
            long seq = 0;
            for (int i = 0; i < MANY_MESSAGES; i++) {
                sender.say("send", "room", "skips", "key", "k" + i, "text", i + " " + FILLER);
            }
            sender.next("sent", MANY_MESSAGES);
            while (seq < MANY_MESSAGES) {
                if (heard.isEmpty()) {
                    heard.addAll(parse(slow.readMessage().text()));
                }
                JsonObject message = heard.remove();
                switch (message.getString("type")) {
                    case "message" -> {
                        assertThat(message.getInt("seq")).isEqualTo(seq + 1);
                        seq++;
                    }
                    case "gap" -> {
                        assertThat(message.getString("reason")).isEqualTo("slow");
                        assertThat(message.getString("from")).endsWith(":" + seq);
                        String to = message.getString("to");
                        seq = Long.parseLong(to.substring(to.indexOf(':') + 1));
                        gap = true;
                    }
                    default -> assertThat(message.getString("type")).isIn("presence", "ping");
                }
            }
            assertThat(gap).as("was told a gap").isTrue();
        }
    }

    private static List<JsonObject> parse(String frame) {
        try (JsonReader reader = Json.createReader(new StringReader(frame))) {
            JsonValue value = reader.readValue();
            return value instanceof JsonArray array
                    ? array.getValuesAs(JsonObject.class)
                    : List.of(value.asJsonObject());
        }
    }
}
