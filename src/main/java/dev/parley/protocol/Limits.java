package dev.parley.protocol;

/**
 * What a client may do, and how much of it. Immutable.
 *
 * @param textChars Unicode code points in a message
 * @param frameBytes bytes of UTF-8 in one frame on {@code /chat}
 * @param nameChars Unicode code points in a person's name
 * @param roomNameChars Unicode code points in a room's name
 * @param rooms rooms that one connection may be in
 * @param messagesPerSecond messages a person may send in the long run, 0 for no limit
 * @param burst messages a person may send at once
 * @param connectionsPerAddress connections from one address
 * @param connections connections in all
 */
public record Limits(
        int textChars,
        int frameBytes,
        int nameChars,
        int roomNameChars,
        int rooms,
        int messagesPerSecond,
        int burst,
        int connectionsPerAddress,
        int connections) {

    /** The most entries in one {@code history} answer. */
    public static final int HISTORY_MESSAGES = 200;

    /** The most Unicode code points in the key of a message. */
    public static final int KEY_CHARS = 128;

    /** The most characters in a request's id. */
    public static final int REQUEST_ID_CHARS = 64;

    /** The limits that hold where nothing else is set. */
    public static final Limits DEFAULT = new Limits(4000, 64 * 1024, 32, 64, 50, 10, 30, 200, 10_000);
}
