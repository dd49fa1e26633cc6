package dev.parley.room;

import dev.parley.protocol.Frame;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Messages for everybody in a room, encoded once for each format in use. Immutable but for that; thread-safe. */
public final class Shared {

    private final List<ServerMessage> messages;
    private final int weight;
    private final Map<WireFormat, List<Frame>> frames = new ConcurrentHashMap<>(4);

    /** Shares {@code messages}, in order. */
    public Shared(List<? extends ServerMessage> messages) {
        this.messages = List.copyOf(messages);
        int chars = 0;
        for (ServerMessage message : this.messages) {
            chars += message.weight();
        }
        this.weight = chars;
    }

    /** About how many characters they have together. */
    public int weight() {
        return weight;
    }

    /** The messages themselves. */
    public List<ServerMessage> messages() {
        return messages;
    }

    /** The frames that say them. */
    public List<Frame> frames(WireFormat format) {
        return frames.computeIfAbsent(format, f -> f.encode(messages));
    }
}
