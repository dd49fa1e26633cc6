package dev.parley.bench;

/** The command line cannot be: one line for whoever wrote it, with the option, the value and what it may be. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message, null, false, false);
    }
}
