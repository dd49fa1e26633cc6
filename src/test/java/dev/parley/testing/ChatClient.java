package dev.parley.testing;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.net.CookieHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A decent client of {@code /chat} and {@code /echo} that writes down everything it gets. What is awaited fails at
 * {@link #DEADLINE}, and at once when the connection is closed. Thread-safe.
 */
public final class ChatClient implements AutoCloseable {

    /** The longest that anything is waited for. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    /** The subprotocol that is offered unless a test says otherwise. */
    public static final String SUBPROTOCOL = "parley.v1.json";

    private static final JsonProvider JSON = JsonProvider.provider();
    private static final HttpClient NOBODY = HttpClient.newHttpClient();

    private final WebSocket socket;
    private final Recording recording;
    private final AtomicInteger ids = new AtomicInteger();

    private ChatClient(WebSocket socket, Recording recording) {
        this.socket = socket;
        this.recording = recording;
    }

    /** A connection to be opened at {@code path}, relative to {@code base}, an {@code http} URL. */
    public static Opening at(URI base, String path) {
        return new Opening(URI.create(base.resolve(path).toString().replaceFirst("^http", "ws")));
    }

    /** A JSON object of these names and values: strings, numbers, JSON. */
    public static JsonObject json(Object... namesAndValues) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = (String) namesAndValues[i];
            Object value = namesAndValues[i + 1];
            if (value instanceof JsonValue json) {
                object.add(name, json);
            } else if (value instanceof Integer number) {
                object.add(name, number);
            } else {
                object.add(name, value.toString());
            }
        }
        return object.build();
    }

    /** The subprotocol that the server chose, empty for none. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends a text frame. */
    public synchronized void send(String text) {
        done(socket.sendText(text, true));
    }

    /** Sends a binary frame. */
    public synchronized void sendBinary(byte[] bytes) {
        done(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    /** Sends a text message in so many parts. */
    public synchronized void sendInParts(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            done(socket.sendText(parts[i], i == parts.length - 1));
        }
    }

    /** Sends a message of {@code type} with these fields. */
    public void say(String type, Object... namesAndValues) {
        send(json(withType(type, namesAndValues)).toString());
    }

    /** The same with an {@code id}, and the answer to it. */
    public JsonObject ask(String type, Object... namesAndValues) {
        String id = "ask-" + ids.incrementAndGet();
        Object[] fields = withType(type, namesAndValues);
        send(json(Stream.concat(Stream.of("id", id), Arrays.stream(fields)).toArray())
                .toString());
        return answer(id);
    }

    private static Object[] withType(String type, Object... namesAndValues) {
        return Stream.concat(Stream.of("type", type), Arrays.stream(namesAndValues))
                .toArray();
    }

    /** Posts a text under a new key, and waits until it is durable. */
    public JsonObject post(String room, String text) {
        return ask("send", "room", room, "key", UUID.randomUUID().toString(), "text", text);
    }

    /** The message that answers the request {@code id}. */
    public JsonObject answer(String id) {
        return recording.first(
                "the answer to " + id, message -> message.getString("id", "").equals(id));
    }

    /** The next message of {@code type} after the last one of that type that was asked for. */
    public JsonObject next(String type) {
        return recording.next(type);
    }

    /** So many of them. */
    public List<JsonObject> next(String type, int count) {
        List<JsonObject> next = new ArrayList<>();
        while (next.size() < count) {
            next.add(next(type));
        }
        return next;
    }

    /** The text of the next frame after the last one that was asked for. */
    public String nextText() {
        return recording.nextFrame().text();
    }

    /** Waits for {@code pong}: whatever was asked before it is answered, as far as it is answered in order. */
    public void sync() {
        ask("ping");
    }

    /** Every message so far. */
    public List<JsonObject> messages() {
        return recording.messages();
    }

    /** Every message of {@code type} so far. */
    public List<JsonObject> messages(String type) {
        return messages().stream()
                .filter(message -> message.getString("type").equals(type))
                .toList();
    }

    /** Every frame so far. */
    public List<Received> frames() {
        return recording.frames();
    }

    /** Waits until the server closes, or the connection breaks: code 1006. */
    public Closing closing() {
        return recording.closing();
    }

    /** Closes with this code and waits for the server's answer. */
    public Closing close(int code, String reason) {
        done(socket.sendClose(code, reason));
        return closing();
    }

    /** Ends the TCP connection without a word. */
    public void abort() {
        socket.abort();
    }

    /** Closes with 1000, whatever the server says to it. */
    @Override
    public void close() {
        try {
            if (!socket.isOutputClosed()) {
                done(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            }
        } catch (Disconnected broken) {
            socket.abort();
        }
    }

    private static <T> T done(CompletableFuture<T> future) {
        try {
            return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException) {
                throw new CompletionException(e.getCause());
            }
            throw new Disconnected(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new AssertionError("no end after " + DEADLINE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What was awaited cannot come any more. */
    public static final class Disconnected extends AssertionError {

        private static final long serialVersionUID = 1L;

        Disconnected(String message) {
            super(message);
        }
    }

    /** A frame as it came. */
    public record Received(boolean binary, String text) {}

    /** How the server closed. */
    public record Closing(int code, String reason) {}

    /** A connection to be opened. Confined to one thread. */
    public static final class Opening {

        private final URI uri;
        private final List<String> headers = new ArrayList<>();
        private String[] subprotocols = {SUBPROTOCOL};
        private HttpClient client = NOBODY;

        private Opening(URI uri) {
            this.uri = uri;
        }

        /** With one more header. */
        public Opening header(String name, String value) {
            headers.add(name);
            headers.add(value);
            return this;
        }

        /** Offering these subprotocols, maybe none. */
        public Opening offering(String... offered) {
            subprotocols = offered.clone();
            return this;
        }

        /** Offering none. */
        public Opening plain() {
            return offering();
        }

        /** With cookies that outlive the connection: as a person who comes back. */
        public Opening as(CookieHandler cookies) {
            client = HttpClient.newBuilder().cookieHandler(cookies).build();
            return this;
        }

        /** Opens it. */
        public ChatClient open() {
            Recording recording = new Recording(Arrays.asList(subprotocols).contains(SUBPROTOCOL));
            return new ChatClient(done(start(recording)), recording);
        }

        /** The status of the HTTP answer that refuses it; empty if it was opened. */
        public Optional<Integer> refusal() {
            try {
                done(start(new Recording(false))).abort();
                return Optional.empty();
            } catch (CompletionException e) {
                if (e.getCause() instanceof WebSocketHandshakeException refused) {
                    return Optional.of(refused.getResponse().statusCode());
                }
                throw e;
            }
        }

        private CompletableFuture<WebSocket> start(Recording recording) {
            WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(DEADLINE);
            if (subprotocols.length > 0) {
                builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
            }
            for (int i = 0; i < headers.size(); i += 2) {
                builder.header(headers.get(i), headers.get(i + 1));
            }
            return builder.buildAsync(uri, recording);
        }
    }
}
