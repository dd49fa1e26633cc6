package dev.parley.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a request was not done: what the client is told, while its connection lives on. Immutable.
 *
 * @param code what a program looks at
 * @param message what a person reads: the value and the limit
 * @param retry whether the same request may succeed later
 * @param retryAfterMillis when it may, in milliseconds from now
 */
public record Refusal(Code code, String message, boolean retry, Optional<Long> retryAfterMillis) {

    /** What can be wrong with a request. On the wire in lower case. */
    public enum Code {
        /** Not JSON, or JSON that is no message. */
        BAD_MESSAGE,
        /** A {@code type} that this protocol does not have. */
        UNKNOWN_TYPE,
        /** A text, frame or page over its limit. */
        TOO_LARGE,
        /** Not a person's name. */
        BAD_NAME,
        /** Not a room's name. */
        BAD_ROOM,
        /** Not a cursor. */
        BAD_CURSOR,
        /** The connection has not joined that room. */
        NOT_JOINED,
        /** The connection is in as many rooms as it may be. */
        TOO_MANY_ROOMS,
        /** The idempotency key was used by the same person for another text. */
        KEY_REUSED,
        /** Faster than allowed. */
        RATE,
        /** The store cannot take it now. */
        UNAVAILABLE,
        /** Not allowed. */
        FORBIDDEN;

        /** The code as it stands on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A refusal that another try will not change. */
    public static Refusal of(Code code, String message) {
        return new Refusal(code, message, false, Optional.empty());
    }

    /** A refusal that may pass in {@code retryAfterMillis}. */
    public static Refusal later(Code code, String message, long retryAfterMillis) {
        return new Refusal(code, message, true, Optional.of(retryAfterMillis));
    }
}
