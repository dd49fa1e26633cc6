package dev.parley.app;

/** A setting that cannot be: one line for whoever started the server. Carries no stack trace. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The setting's name, what it was, what it may be. */
    public SettingsException(String message) {
        super(message, null, false, false);
    }
}
