package dev.parley.request;

import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.ListingFormat;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.ServerMessage;
import dev.parley.room.Batch;
import dev.parley.room.Room;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One question for what comes after a cursor: answered at once if there is something, else when something comes, else empty
 * when its time is over. Costs no thread while it waits. Thread-safe; whoever claims it answers it, once.
 */
public final class Poll {

    private final Leases leases;
    private final Lease lease;
    private final Duration stay;
    private final Timer timer;
    private final Optional<Cursor> after;
    private final Duration wait;
    private final ListingFormat format;
    private final Answer answer;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile Optional<Waiting> waiting = Optional.empty();

    Poll(
            Leases leases,
            Lease lease,
            Duration stay,
            Timer timer,
            Optional<Cursor> after,
            Duration wait,
            ListingFormat format,
            Answer answer) {
        this.leases = leases;
        this.lease = lease;
        this.stay = stay;
        this.timer = timer;
        this.after = after;
        this.wait = wait;
        this.format = format;
        this.answer = answer;
    }

    /** Where the answer goes: one call, of one of these, on any thread; must not block. */
    public interface Answer {

        /** What is new, and the cursor after it. */
        void news(Cursor cursor, Frame listing);

        /** The log could not be read. */
        void failed(Throwable failure);
    }

    private record Waiting(Cursor from, Room room, Timer.Scheduled end) {}

    void begin(@Nullable Room room, @Nullable Throwable failure) {
        if (room == null) {
            fail(failure == null ? new IllegalStateException("no room") : failure);
            return;
        }
        Cursor head = room.head();
        Cursor wanted = after.orElse(head);
        if (wanted.epoch().equals(head.epoch()) && wanted.seq() <= head.seq()) {
            lookOrWait(room, wanted);
        } else if (claim()) {
            Cursor start = new Cursor(head.epoch(), 0);
            var gap = new ServerMessage.Gap(room.name(), wanted, start, ServerMessage.Gap.Reason.EPOCH);
            read(room, start, Optional.of(gap));
        }
    }

    private void lookOrWait(Room room, Cursor from) {
        boolean nothing = isNothingAfter(room, from);
        if (nothing && !wait.isZero()) {
            waiting = Optional.of(new Waiting(from, room, timer.schedule(wait, this::timeOut)));
            lease.add(this);
            // What came before it listened.
            nothing = isNothingAfter(room, from);
            if (nothing) {
                return;
            }
        }
        if (claim()) {
            read(room, from, Optional.empty());
        }
    }

    private static boolean isNothingAfter(Room room, Cursor from) {
        return room.head().seq() == from.seq();
    }

    /** The room has something. Called on its turn. */
    void offer(Batch batch) {
        waiting.filter(w -> batch.to() > w.from.seq()).ifPresent(w -> {
            if (!claim()) {
                return;
            }
            List<Frame> shared = batch.from() == w.from.seq() ? batch.shared().frames(format) : List.of();
            if (shared.size() == 1) {
                tell(new Cursor(w.from.epoch(), batch.to()), shared.get(0));
            } else {
                read(w.room, w.from, Optional.empty());
            }
        });
    }

    /** Nothing came. */
    void timeOut() {
        waiting.ifPresent(w -> {
            if (claim()) {
                tell(w.from, listing(List.of(), w.from, Optional.empty()));
            }
        });
    }

    /** Reads from memory, or behind it from the log. */
    private void read(Room room, Cursor from, Optional<ServerMessage.Gap> gap) {
        Optional<List<PostedMessage>> newest = room.newestAfter(from.seq());
        if (newest.isPresent()) {
            tell(newest.get(), from, gap);
            return;
        }
        room.read(from.seq()).whenComplete((read, failure) -> {
            if (failure != null) {
                leave();
                answer.failed(failure);
            } else if (read.trimmed() > from.seq()) {
                Cursor to = new Cursor(from.epoch(), read.trimmed());
                var trimmed = new ServerMessage.Gap(
                        room.name(),
                        gap.map(ServerMessage.Gap::from).orElse(from),
                        to,
                        gap.map(ServerMessage.Gap::reason).orElse(ServerMessage.Gap.Reason.TRIMMED));
                tell(read.messages().stream().filter(m -> m.seq() > to.seq()).toList(), to, Optional.of(trimmed));
            } else {
                tell(read.messages(), from, gap);
            }
        });
    }

    private void tell(List<PostedMessage> messages, Cursor from, Optional<ServerMessage.Gap> gap) {
        Cursor cursor =
                messages.isEmpty() ? from : messages.get(messages.size() - 1).cursor();
        tell(cursor, listing(messages, cursor, gap));
    }

    private Frame listing(List<PostedMessage> messages, Cursor cursor, Optional<ServerMessage.Gap> gap) {
        return format.frame(new ServerMessage.Listing(messages, cursor, gap, Optional.empty()));
    }

    private void tell(Cursor cursor, Frame listing) {
        leave();
        answer.news(cursor, listing);
    }

    private void fail(Throwable failure) {
        if (claim()) {
            leave();
            answer.failed(failure);
        }
    }

    /** The client is gone: there is nobody to answer. Whether nobody had been answered. */
    public boolean cancel() {
        boolean unanswered = claim();
        if (unanswered) {
            leave();
        }
        return unanswered;
    }

    private boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    private void leave() {
        waiting.ifPresent(w -> w.end.cancel());
        lease.remove(this);
        if (released.compareAndSet(false, true)) {
            leases.release(lease, stay);
        }
    }
}
