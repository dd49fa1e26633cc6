package dev.parley.delivery;

import dev.parley.protocol.CloseCode;
import dev.parley.protocol.ServerMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said that is no room's: answers, how much they are, and after them a ping or the farewell. Confined to the
 * pump's lock.
 */
final class Answers {

    /** What may wait, in characters; a client that asks on and on and does not read is cut there. */
    static final int MAX_CHARS = 4 * 1024 * 1024;

    private final Deque<ServerMessage> waiting = new ArrayDeque<>(1);
    private int chars;
    private boolean pingDue;
    private Optional<Farewell> farewell = Optional.empty();

    /** How to close when all is said. */
    record Farewell(CloseCode code, String reason) {}

    void add(ServerMessage answer) {
        waiting.add(answer);
        chars += answer.weight();
    }

    boolean areTooMany() {
        return chars > MAX_CHARS;
    }

    /** Has the client asked whether it is there, by frames alone or by a message too. */
    void ask(boolean byMessage) {
        pingDue = true;
        if (byMessage) {
            add(new ServerMessage.Ping());
        }
    }

    /** The last answer; the connection closes after it. */
    void addLast(ServerMessage.Bye bye, String reason) {
        add(bye);
        farewell = Optional.of(new Farewell(bye.code(), reason));
    }

    Optional<Farewell> farewell() {
        return farewell;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && !pingDue && farewell.isEmpty();
    }

    void clear() {
        waiting.clear();
        chars = 0;
        pingDue = false;
        farewell = Optional.empty();
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

    /** What comes when no answer waits any more; a ping is under way by then. */
    WriteLoop.Next next() {
        if (pingDue) {
            pingDue = false;
            return WriteLoop.Next.PING;
        }
        return farewell.isPresent() ? WriteLoop.Next.FAREWELL : WriteLoop.Next.NOTHING;
    }
}
