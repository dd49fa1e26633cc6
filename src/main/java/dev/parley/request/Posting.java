package dev.parley.request;

import dev.parley.access.Rates;
import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.KeyReusedException;
import dev.parley.log.LogFullException;
import dev.parley.log.RoomLog;
import dev.parley.protocol.Person;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RoomName;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** How a message gets into the log, with whatever keeps it out. Thread-safe. */
public final class Posting {

    private static final System.Logger LOGGER = System.getLogger(Posting.class.getName());
    private static final long STORE_RETRY_MILLIS = 1_000;

    private final RoomLog log;
    private final Rates rates;

    /** Appends to {@code log}, no faster than {@code rates} allow. */
    public Posting(RoomLog log, Rates rates) {
        this.log = log;
        this.rates = rates;
    }

    /**
     * Appends {@code text}. One of the two is called once, soon or later, on any thread; neither may block.
     *
     * @param key the sender's; without one the message is new, however often it is sent
     */
    public void post(
            RoomName room,
            Optional<String> key,
            Person author,
            String text,
            Consumer<Posted> posted,
            Consumer<Refusal> refused) {
        Optional<Refusal> tooFast = rates.take(author.id());
        if (tooFast.isPresent()) {
            refused.accept(tooFast.get());
            return;
        }
        Draft draft = new Draft(room, key, author, text);
        log.append(draft).whenComplete((appended, failure) -> {
            if (failure == null) {
                posted.accept(new Posted(draft.keyAt(appended.seq()), appended, log.stored()));
            } else {
                refused.accept(refusal(failure));
            }
        });
    }

    /** What the client is told when a request fails; what it is not told is logged. */
    public static Refusal refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProtocolException fault) {
            return fault.refusal();
        }
        if (cause instanceof KeyReusedException reused) {
            return Refusal.of(Refusal.Code.KEY_REUSED, String.valueOf(reused.getMessage()));
        }
        if (cause instanceof LogFullException full) {
            return Refusal.later(Refusal.Code.UNAVAILABLE, String.valueOf(full.getMessage()), STORE_RETRY_MILLIS);
        }
        LOGGER.log(Level.ERROR, "The room log failed", cause);
        return Refusal.later(Refusal.Code.UNAVAILABLE, "the store does not answer as it should", STORE_RETRY_MILLIS);
    }

    /** A message that is durable, under the key that everybody sees; {@code stored} says where. */
    public record Posted(String key, Appended appended, String stored) {}
}
