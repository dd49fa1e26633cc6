package dev.parley.testing;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that came on a {@link ChatClient}, in order. Thread-safe; whoever waits for something fails at a deadline. */
final class Recording implements WebSocket.Listener {

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int TOLD = 12;

    private final boolean json;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    // Guarded by this.
    private final List<ChatClient.Received> frames = new ArrayList<>();
    private final List<JsonObject> messages = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private Optional<ChatClient.Closing> closing = Optional.empty();

    /** {@code json}: whether frames hold messages to be read. */
    Recording(boolean json) {
        this.json = json;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            came(new ChatClient.Received(false, text.toString()));
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (last) {
            came(new ChatClient.Received(true, bytes.toString(StandardCharsets.UTF_8)));
            bytes.reset();
        }
        socket.request(1);
        return null;
    }

    private synchronized void came(ChatClient.Received frame) {
        frames.add(frame);
        if (json) {
            try (JsonReader reader = JSON.createReader(new StringReader(frame.text()))) {
                JsonValue value = reader.readValue();
                if (value instanceof JsonArray array) {
                    array.forEach(element -> messages.add(element.asJsonObject()));
                } else {
                    messages.add(value.asJsonObject());
                }
            }
        }
        notifyAll();
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed(new ChatClient.Closing(code, reason));
        return null;
    }

    /** The connection broke. */
    @Override
    public void onError(WebSocket socket, Throwable failure) {
        closed(new ChatClient.Closing(1006, failure.toString()));
    }

    private synchronized void closed(ChatClient.Closing how) {
        if (closing.isEmpty()) {
            closing = Optional.of(how);
        }
        notifyAll();
    }

    /** The first message of {@code type} that was not asked for yet. */
    JsonObject next(String type) {
        return await(
                type,
                () -> {
                    for (int i = seen.getOrDefault(type, 0); i < messages.size(); i++) {
                        if (messages.get(i).getString("type").equals(type)) {
                            seen.put(type, i + 1);
                            return Optional.of(messages.get(i));
                        }
                        seen.put(type, i + 1);
                    }
                    return Optional.empty();
                },
                true);
    }

    /** The first message ever that is {@code wanted}. */
    JsonObject first(String what, Predicate<JsonObject> wanted) {
        return await(what, () -> messages.stream().filter(wanted).findFirst(), true);
    }

    /** The first frame that was not asked for yet. */
    ChatClient.Received nextFrame() {
        return await(
                "a frame",
                () -> {
                    int next = seen.getOrDefault("", 0);
                    if (next == frames.size()) {
                        return Optional.empty();
                    }
                    seen.put("", next + 1);
                    return Optional.of(frames.get(next));
                },
                true);
    }

    ChatClient.Closing closing() {
        return await("a close", () -> closing, false);
    }

    private synchronized <T> T await(String what, Supplier<Optional<T>> found, boolean open) {
        long deadline = System.nanoTime() + ChatClient.DEADLINE.toNanos();
        while (true) {
            Optional<T> now = found.get();
            if (now.isPresent()) {
                return now.get();
            }
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (open && closing.isPresent()) {
                throw new ChatClient.Disconnected("waited for " + what + "; " + told());
            }
            if (millis <= 0) {
                throw new AssertionError("waited for " + what + "; " + told());
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    private String told() {
        List<ChatClient.Received> last = frames.subList(Math.max(0, frames.size() - TOLD), frames.size());
        return closing.map(c -> c + ", ").orElse("open, ") + frames.size() + " frames, the last: " + last;
    }

    synchronized List<JsonObject> messages() {
        return List.copyOf(messages);
    }

    synchronized List<ChatClient.Received> frames() {
        return List.copyOf(frames);
    }
}
