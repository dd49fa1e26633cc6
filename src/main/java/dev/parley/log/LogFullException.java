package dev.parley.log;

/** More appends or reads wait than the store takes: nothing was done, the same may be taken later. */
public final class LogFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The number of appends, or of reads, that wait. */
    public LogFullException(int waiting) {
        super(waiting + " requests wait for the store already", null, false, false);
    }
}
