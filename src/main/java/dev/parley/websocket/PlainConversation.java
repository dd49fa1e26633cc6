package dev.parley.websocket;

import dev.parley.delivery.Pump;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.Person;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.Texts;
import dev.parley.request.Posting;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain text: text in is a message, in the room of the URL; a refusal is a line to its sender alone. */
final class PlainConversation implements Conversation {

    /** Messages that may wait for the room to open. */
    private static final int MAX_WAITING = 64;

    private final ChatEdge edge;
    private final Pump pump;
    private final Person person;
    private final ClientMessage.Place place;
    private final AtomicInteger waiting = new AtomicInteger();
    private CompletionStage<?> joined = CompletableFuture.completedFuture(null);

    /** A conversation of {@code person} in {@code place}, which is joined at once. */
    PlainConversation(ChatEdge edge, Pump pump, Person person, ClientMessage.Place place) {
        this.edge = edge;
        this.pump = pump;
        this.person = person;
        this.place = place;
    }

    @Override
    public void opened() {
        joined = edge.delivery().rooms().open(place.room()).handle((room, failure) -> {
            if (failure != null) {
                refuse(Posting.refusal(failure));
            } else {
                pump.join(room, person, place.after(), Optional.empty());
            }
            return null;
        });
    }

    @Override
    public void said(ClientFrame frame) {
        Optional<Refusal> refusal = frame.refusal(edge.limits().frameBytes());
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        try {
            Texts.requireText(frame.text(), edge.limits());
            afterJoin(() -> edge.posting()
                    .post(place.room(), Optional.empty(), person, frame.text(), posted -> {}, this::refuse));
        } catch (ProtocolException e) {
            refuse(e.refusal());
        }
    }

    /** Who sends as soon as the connection is open hears it, too. */
    private void afterJoin(Runnable post) {
        if (joined.toCompletableFuture().isDone()) {
            post.run();
        } else if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            refuse(Refusal.later(Refusal.Code.RATE, MAX_WAITING + " messages wait already, at most so many", 500));
        } else {
            joined = joined.handle((before, failure) -> {
                waiting.decrementAndGet();
                post.run();
                return null;
            });
        }
    }

    private void refuse(Refusal refusal) {
        pump.send(new ServerMessage.Refused(Optional.empty(), refusal));
    }
}
