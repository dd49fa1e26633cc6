package dev.parley.protocol;

/** The client's fault: answered with its refusal, and the connection lives. Carries no stack trace. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** A fault that is answered with {@code refusal}. */
    public ProtocolException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** What to tell the client. */
    public Refusal refusal() {
        return refusal;
    }
}
