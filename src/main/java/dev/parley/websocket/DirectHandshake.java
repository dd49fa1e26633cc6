package dev.parley.websocket;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A handshake for a server that reads and writes frames itself: it is that of the WebSocket API, with its configurator; what
 * follows needs no session, which would cost memory for each connection and turn text into bytes again for each frame.
 * Confined to the thread that runs it.
 */
public final class DirectHandshake {

    private static final ThreadLocal<@Nullable DirectHandshake> CURRENT = new ThreadLocal<>();

    private Optional<DirectChat> chat = Optional.empty();
    private Optional<DirectEcho> echo = Optional.empty();

    /** Runs the handshake on this thread; after it, {@link #chat} and {@link #echo} tell what it was for. */
    public <T> T during(Supplier<T> handshake) {
        CURRENT.set(this);
        try {
            return handshake.get();
        } finally {
            CURRENT.remove();
        }
    }

    /** Called by the configurator of the chat endpoints. */
    static void forChat(Arrival arrival, boolean inRoom) {
        DirectHandshake current = CURRENT.get();
        if (current != null) {
            current.chat = Optional.of(new DirectChat(arrival, inRoom));
        }
    }

    /** Called by the configurator of the echo endpoint. */
    static void forEcho(Arrival arrival) {
        DirectHandshake current = CURRENT.get();
        if (current != null) {
            current.echo = Optional.of(new DirectEcho(arrival));
        }
    }

    /** What to begin with if it was one of a chat endpoint. */
    public Optional<DirectChat> chat() {
        return chat;
    }

    /** What to begin with if it was one of the echo endpoint. */
    public Optional<DirectEcho> echo() {
        return echo;
    }
}
