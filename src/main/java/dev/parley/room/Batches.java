package dev.parley.room;

import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Makes batches of what a room has that no turn has told yet. Confined to the room's lock. */
final class Batches {

    /** The roster's version that turns have told. */
    private long version;

    /** Whether there is something that no turn has told yet. */
    boolean hasNext(Backlog backlog, Roster roster) {
        return backlog.turned() < backlog.head().seq() || version < roster.version();
    }

    /** About a frame in each; none if there is nothing to tell. Told by now. */
    List<Batch> next(Backlog backlog, Roster roster, OptionalInt connections) {
        List<ServerMessage> messages = new ArrayList<>(roster.since(version));
        List<PostedMessage> untold = backlog.turn();
        long from = backlog.head().seq() - untold.size();
        long to = from;
        int chars = 0;
        OptionalInt count = connections;
        List<Batch> batches = new ArrayList<>();
        for (PostedMessage message : untold) {
            messages.add(message);
            to = message.seq();
            chars += message.weight();
            if (chars >= Room.FRAME_CHARS) {
                batches.add(batch(from, to, roster, count, messages));
                from = to;
                messages = new ArrayList<>();
                chars = 0;
                count = OptionalInt.empty();
            }
        }
        if (!messages.isEmpty() || count.isPresent()) {
            batches.add(batch(from, to, roster, count, messages));
        }
        return batches;
    }

    private Batch batch(long from, long to, Roster roster, OptionalInt connections, List<ServerMessage> messages) {
        Batch batch = new Batch(from, to, version, roster.version(), connections, new Shared(messages));
        version = roster.version();
        return batch;
    }
}
