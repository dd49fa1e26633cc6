package dev.parley.log;

/** The store's fault: a disk that is full, a file that is damaged. What it says is for the operator, not for clients. */
public class LogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, where and what to do. */
    public LogException(String message) {
        super(message);
    }

    /** What went wrong, and what the store said. */
    public LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
