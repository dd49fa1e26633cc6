package dev.parley.bench;

/** The server cannot be measured like this: one line that says why, and what to do. */
final class CannotRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotRunException(String message) {
        super(message, null, false, false);
    }
}
