package dev.parley.websocket;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.KeyReusedException;
import dev.parley.log.LogFullException;
import dev.parley.protocol.Person;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RoomName;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** How a message gets into the log, with whatever keeps it out. Thread-safe. */
final class Posting {

    private static final System.Logger LOGGER = System.getLogger(Posting.class.getName());
    private static final long STORE_RETRY_MILLIS = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ChatEdge edge;

    Posting(ChatEdge edge) {
        this.edge = edge;
    }

    /**
     * Appends {@code text}. One of the two is called once, soon or later, on any thread; neither may block.
     *
     * @param key the sender's; made up if there is none
     */
    void post(
            RoomName room,
            Optional<String> key,
            Person author,
            String text,
            Consumer<Posted> posted,
            Consumer<Refusal> refused) {
        Optional<Refusal> tooFast = edge.rates().take(author.id());
        if (tooFast.isPresent()) {
            refused.accept(tooFast.get());
            return;
        }
        Draft draft = new Draft(room, key.orElseGet(Posting::randomKey), author, text);
        edge.log().append(draft).whenComplete((appended, failure) -> {
            if (failure == null) {
                posted.accept(new Posted(draft.key(), appended));
            } else {
                refused.accept(refusal(failure));
            }
        });
    }

    private static String randomKey() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return "s-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the client is told when the log fails; what it is not told is logged. */
    static Refusal refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof KeyReusedException reused) {
            return Refusal.of(Refusal.Code.KEY_REUSED, String.valueOf(reused.getMessage()));
        }
        if (cause instanceof LogFullException full) {
            return Refusal.later(Refusal.Code.UNAVAILABLE, String.valueOf(full.getMessage()), STORE_RETRY_MILLIS);
        }
        LOGGER.log(Level.ERROR, "The room log failed", cause);
        return Refusal.later(Refusal.Code.UNAVAILABLE, "the store does not answer as it should", STORE_RETRY_MILLIS);
    }

    /** A message that is durable, under the key that it was stored with. */
    record Posted(String key, Appended appended) {}
}
