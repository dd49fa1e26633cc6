package dev.parley.protocol;

/** Why a WebSocket is closed, and whether the client should come back. RFC 6455 section 7.4, and our own from 4000. */
public enum CloseCode {
    /** Done. */
    NORMAL(1000, Reconnect.NO),
    /** The server goes away. */
    GOING_AWAY(1001, Reconnect.WITH_BACK_OFF),
    /** A frame too large to read. */
    TOO_BIG(1009, Reconnect.NO),
    /** The server's fault. */
    SERVER_FAULT(1011, Reconnect.WITH_BACK_OFF),
    /** Not allowed in. */
    NOT_ALLOWED(4001, Reconnect.NO),
    /** The page's Origin is not allowed. */
    FORBIDDEN(4003, Reconnect.NO),
    /** A protocol version that is not spoken here. */
    VERSION(4004, Reconnect.NO),
    /** Another connection took its place. */
    REPLACED(4009, Reconnect.NO),
    /** Too many connections. */
    OVERLOADED(4100, Reconnect.WITH_BACK_OFF),
    /** A write made no progress by its deadline. */
    SLOW(4108, Reconnect.WITH_BACK_OFF),
    /** Kept sending after being told. */
    RATE(4129, Reconnect.WITH_BACK_OFF),
    /** Resume elsewhere. */
    ELSEWHERE(4200, Reconnect.AT_ONCE),
    /** The server is being emptied. */
    DRAINING(4201, Reconnect.AT_ONCE);

    private final int code;
    private final Reconnect reconnect;

    CloseCode(int code, Reconnect reconnect) {
        this.code = code;
        this.reconnect = reconnect;
    }

    /** The code in the close frame. */
    public int code() {
        return code;
    }

    /** What the client should do. */
    public Reconnect reconnect() {
        return reconnect;
    }

    /** What a client does after a close. */
    public enum Reconnect {
        /** Nothing: the same would happen again. */
        NO,
        /** Comes back after a random time that grows with each failure. */
        WITH_BACK_OFF,
        /** Comes back at once. */
        AT_ONCE
    }
}
