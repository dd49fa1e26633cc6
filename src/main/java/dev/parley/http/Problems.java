package dev.parley.http;

import dev.parley.access.Admissions;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.ServerMessage;
import java.util.Optional;

/** Refusals as HTTP says them: a status and problem details (RFC 9457). */
final class Problems {

    private static final long OVERLOADED_RETRY_MILLIS = 5_000;

    private Problems() {}

    static ServerMessage.Problem of(Refusal refusal) {
        return new ServerMessage.Problem(
                status(refusal.code()),
                refusal.code().wire(),
                refusal.message(),
                refusal.retry(),
                refusal.retryAfterMillis());
    }

    private static int status(Refusal.Code code) {
        return switch (code) {
            case BAD_MESSAGE, UNKNOWN_TYPE, BAD_NAME, BAD_ROOM, BAD_CURSOR, NOT_JOINED, TOO_MANY_ROOMS -> 400;
            case FORBIDDEN -> 403;
            case KEY_REUSED -> 409;
            case TOO_LARGE -> 413;
            case RATE -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    /** One that only HTTP has, and that another try does not change. */
    static ServerMessage.Problem of(int status, String code, String detail) {
        return new ServerMessage.Problem(status, code, detail, false, Optional.empty());
    }

    static ServerMessage.Problem of(Admissions.Full full) {
        return new ServerMessage.Problem(
                full.forAddress() ? 429 : 503, "overloaded", full.reason(), true, Optional.of(OVERLOADED_RETRY_MILLIS));
    }
}
