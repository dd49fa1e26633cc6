package dev.parley.standalone;

/** What a client sent is not WebSocket as RFC 6455 has it: the connection fails with a close code. No stack trace. */
final class Violation extends Exception {

    private static final long serialVersionUID = 1L;

    static final int PROTOCOL_ERROR = 1002;
    static final int NOT_UTF_8 = 1007;

    private final int code;

    Violation(int code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    static Violation protocol(String reason) {
        return new Violation(PROTOCOL_ERROR, reason);
    }

    static Violation encoding(String reason) {
        return new Violation(NOT_UTF_8, reason);
    }

    int code() {
        return code;
    }

    /** What to tell the client, short enough for a close frame. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
