package dev.parley.log;

/** More drafts wait than the store takes: nothing was appended, the same draft may be taken later. */
public final class LogFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The number of drafts that wait. */
    public LogFullException(int waiting) {
        super(waiting + " messages wait for the store already", null, false, false);
    }
}
