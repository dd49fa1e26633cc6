package dev.parley.http;

import dev.parley.access.Admissions;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import dev.parley.request.Poll;
import dev.parley.request.Posting;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code messages?after=…&wait=…}: what comes after a cursor, at once or within some seconds. Who brings a cookie is present
 * from one poll to the next; who does not is only while one waits, or else a client without cookies would fill the room.
 * Immutable.
 */
final class PollResource {

    private static final int MAX_WAIT_SECONDS = 60;
    private static final Duration SHORTEST_STAY = Duration.ofSeconds(30);
    private static final Duration SPARE = Duration.ofSeconds(10);

    /** Whoever is silent for so long cannot be there, where the server is heard of that often. */
    private static final int HEARTBEATS = 4;

    void serve(Call call, RoomName room, Representation representation) {
        if (call.target().parameter("before").isPresent()) {
            throw MessagesResource.bad("before: not together with after or wait");
        }
        Optional<Cursor> after = call.cursor("after");
        Duration wait = call.isHead()
                ? Duration.ZERO
                : Duration.ofSeconds(call.number("wait", 0, MAX_WAIT_SECONDS).orElse(0));
        boolean known = call.isKnown();
        Person person = call.person();
        Optional<Admissions.Full> full =
                wait.isZero() ? Optional.empty() : call.edge.admissions().enter(call.address());
        if (full.isPresent()) {
            call.fail(Problems.of(full.get()));
            return;
        }
        String address = call.address();
        Runnable leave = wait.isZero() ? () -> {} : () -> call.edge.admissions().leave(address);
        Duration stay = known ? stay(wait, call.edge.delivery().heartbeat()) : Duration.ZERO;
        Exchange exchange = call.exchange();
        AtomicReference<@Nullable Poll> begun = new AtomicReference<>();
        exchange.hold(() -> {
            Poll poll = begun.get();
            if (poll != null && poll.cancel()) {
                leave.run();
            }
        });
        Answer answer = new Answer(call, representation, after, exchange, leave);
        begun.set(call.edge.leases().poll(room, person, stay, after, wait, representation.listings(), answer));
    }

    private static Duration stay(Duration wait, Duration heartbeat) {
        Duration shortest = min(SHORTEST_STAY, heartbeat.multipliedBy(HEARTBEATS));
        Duration twice = wait.plus(min(SPARE, heartbeat));
        return twice.compareTo(shortest) < 0 ? shortest : twice;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private record Answer(
            Call call, Representation representation, Optional<Cursor> after, Exchange exchange, Runnable leave)
            implements Poll.Answer {

        @Override
        public void news(Cursor cursor, Frame listing) {
            leave.run();
            exchange.release();
            String etag = "\"" + after.map(Cursor::toString).orElse("") + "-" + cursor + "-" + representation + "\"";
            call.response.setHeader("ETag", etag);
            call.response.setHeader("Cache-Control", "private, no-cache");
            if (EntityTag.matches(call.headers("If-None-Match"), etag)) {
                call.answer(304, "", new byte[0]);
            } else {
                call.answer(200, representation.type(), listing.bytes());
            }
        }

        @Override
        public void failed(Throwable failure) {
            leave.run();
            exchange.release();
            call.fail(Problems.of(Posting.refusal(failure)));
        }
    }
}
