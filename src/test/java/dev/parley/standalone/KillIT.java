package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.net.CookieManager;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9}, again and again, while many send. */
class KillIT {

    private static final int ROUNDS = 10;
    private static final int SENDERS = 20;
    private static final int UNACKNOWLEDGED = 5;
    private static final int ACKNOWLEDGED_IN_A_ROUND = 400;
    private static final String ROOM = "killed";

    @TempDir
    Path data;

    /** The seq that each key was acknowledged with. */
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    private ServerProcess start() {
        return ServerProcess.start(
                Path.of(System.getProperty("war", "target/parley.war")), "--data", data.toString(), "--rate", "0");
    }

    @Test
    void nothingAcknowledgedIsLostOrDoubledWhateverIsKilled() throws Exception {
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender("sender-" + i, i % 2 == 0));
        }
        Reader reader = new Reader();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS + 1);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                try (ServerProcess server = start()) {
                    CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_IN_A_ROUND);
                    List<Future<?>> running = new ArrayList<>();
                    reader.takePlace(server.base());
                    running.add(threads.submit(() -> reader.readUntilKilled(server.base())));
                    senders.forEach(
                            sender -> running.add(threads.submit(() -> sender.sendUntilKilled(server.base(), enough))));
                    assertThat(enough.await(ChatClient.DEADLINE.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                    server.kill();
                    for (Future<?> one : running) {
                        one.get(ChatClient.DEADLINE.toSeconds(), TimeUnit.SECONDS);
                    }
                }
                try (ServerProcess server = start()) {
                    assertNothingIsLostOrDoubled(history(server.base()));
                    assertThat(server.stop()).isZero();
                }
            }
            try (ServerProcess server = start()) {
                for (Sender sender : senders) {
                    sender.finish(server.base());
                }
                List<JsonObject> all = history(server.base());
                assertNothingIsLostOrDoubled(all);
                assertThat(reader.readTo(server.base(), all.size()))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, all.size()).boxed().toList());
                assertThat(acknowledged).as("all was acknowledged in the end").hasSize(all.size());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertNothingIsLostOrDoubled(List<JsonObject> all) {
        Map<String, Long> stored = new HashMap<>();
        long seq = 0;
        for (JsonObject message : all) {
            assertThat(message.getInt("seq")).isEqualTo(++seq);
            assertThat(stored.put(message.getString("key"), seq))
                    .as("seq of an earlier " + message)
                    .isNull();
        }
        assertThat(stored).containsAllEntriesOf(acknowledged);
    }

    private static List<JsonObject> history(URI base) {
        List<JsonObject> all = new ArrayList<>();
        try (ChatClient client = ChatClient.at(base, "chat").open()) {
            String epoch = client.ask("join", "room", ROOM).getString("cursor").split(":", 2)[0];
            boolean more = true;
            while (more) {
                JsonObject page = client.ask("history", "room", ROOM, "limit", 200, "after", epoch + ":" + all.size());
                all.addAll(page.getJsonArray("messages").getValuesAs(JsonObject.class));
                more = page.getBoolean("more");
            }
        }
        return all;
    }

    /** Sends as fast as it is acknowledged, and sends again what was not. Confined to one thread at a time. */
    private final class Sender {

        private final String name;
        private final Optional<CookieManager> cookies;
        private final Map<String, String> unacknowledged = new LinkedHashMap<>();
        private int made;

        /** Somebody who is known by a cookie, or by name alone. */
        Sender(String name, boolean keepsCookies) {
            this.name = name;
            cookies = keepsCookies ? Optional.of(new CookieManager()) : Optional.empty();
        }

        private ChatClient open(URI base) {
            ChatClient.Opening opening = ChatClient.at(base, "chat");
            cookies.ifPresent(opening::as);
            ChatClient client = opening.open();
            client.say("hello", "name", name);
            unacknowledged.forEach((key, text) -> send(client, key, text));
            return client;
        }

        private void send(ChatClient client, String key, String text) {
            client.say("send", "room", ROOM, "key", key, "text", text);
        }

        void sendUntilKilled(URI base, CountDownLatch enough) {
            try (ChatClient client = open(base)) {
                while (true) {
                    while (unacknowledged.size() < UNACKNOWLEDGED) {
                        String key = name + "/" + ++made;
                        unacknowledged.put(key, "text of " + key);
                        send(client, key, "text of " + key);
                    }
                    acknowledge(client);
                    enough.countDown();
                }
            } catch (ChatClient.Disconnected killed) {
                // what is not acknowledged is sent again in the next round
            }
        }

        void finish(URI base) {
            try (ChatClient client = open(base)) {
                while (!unacknowledged.isEmpty()) {
                    acknowledge(client);
                }
            }
        }

        private void acknowledge(ChatClient client) {
            JsonObject sent = client.next("sent");
            String key = sent.getString("key");
            assertThat(unacknowledged.remove(key)).as(key).isNotNull();
            acknowledged.put(key, sent.getJsonNumber("seq").longValue());
        }
    }

    /** Keeps a cursor, and resumes there. Confined to one thread at a time. */
    private static final class Reader {

        private final List<Long> seen = new ArrayList<>();
        private Optional<String> cursor = Optional.empty();

        private ChatClient open(URI base) {
            ChatClient client = ChatClient.at(
                            base,
                            "chat/" + ROOM + cursor.map(at -> "?after=" + at).orElse(""))
                    .open();
            String at = client.next("joined").getString("cursor");
            assertThat(cursor.orElse(at)).isEqualTo(at);
            cursor = Optional.of(at);
            return client;
        }

        /** Before anybody sends: who joins without a cursor hears what comes later. */
        void takePlace(URI base) {
            if (cursor.isEmpty()) {
                open(base).close();
            }
        }

        private void read(ChatClient client) {
            JsonObject message = client.next("message");
            cursor = Optional.of(message.getString("cursor"));
            seen.add(message.getJsonNumber("seq").longValue());
        }

        void readUntilKilled(URI base) {
            try (ChatClient client = open(base)) {
                while (true) {
                    read(client);
                }
            } catch (ChatClient.Disconnected killed) {
                // resumes in the next round
            }
        }

        List<Long> readTo(URI base, int last) {
            try (ChatClient client = open(base)) {
                while (seen.size() < last) {
                    read(client);
                }
            }
            return seen;
        }
    }
}
