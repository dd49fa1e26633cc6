package dev.parley.delivery;

import dev.parley.protocol.ServerMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Answers that wait to be written, and how much they are. Confined to the pump's lock. */
final class Answers {

    /** What may wait, in characters; a client that asks on and on and does not read is cut there. */
    static final int MAX_CHARS = 4 * 1024 * 1024;

    private final Deque<ServerMessage> waiting = new ArrayDeque<>();
    private int chars;

    void add(ServerMessage answer) {
        waiting.add(answer);
        chars += answer.weight();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean areTooMany() {
        return chars > MAX_CHARS;
    }

    void clear() {
        waiting.clear();
        chars = 0;
    }

    /** Moves the oldest, about {@code maxChars} of them, to {@code ready}; how many characters that is. */
    int moveTo(List<ServerMessage> ready, int maxChars) {
        int moved = 0;
        while (!waiting.isEmpty() && moved < maxChars) {
            ServerMessage answer = waiting.remove();
            moved += answer.weight();
            ready.add(answer);
        }
        chars -= moved;
        return moved;
    }
}
