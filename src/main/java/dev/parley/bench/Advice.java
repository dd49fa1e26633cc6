package dev.parley.bench;

/** What to do about a server that refuses. */
final class Advice {

    private Advice() {}

    /** For an error that it told. */
    static String about(String code, String message) {
        String said = "the server answered '" + code + "', " + message;
        return switch (code) {
            case "rate" -> said + "; start it with --rate 0 (PARLEY_RATE=0), or ask for less than its --rate here";
            case "too_large" ->
                said + "; start it with a larger --maxTextChars or --maxFrame, or ask for a smaller --size here";
            case "unavailable" ->
                said + "; its store cannot keep up: ask for a smaller --window, --rate or --publishers here";
            case "bad_room" -> said + "; start it with its default --maxRoomNameChars";
            default -> said;
        };
    }

    /** For a connection that it did not take. */
    static String about(int code, String why) {
        String said = "a connection was not taken" + (code == 0 ? "" : " (" + code + ")") + ": " + why;
        return switch (code) {
            case 4100, 429, 503 ->
                said
                        + (why.contains("your address") || code == 429
                                ? "; start it with a larger --maxConnectionsPerAddress"
                                        + " (PARLEY_MAX_CONNECTIONS_PER_ADDRESS)"
                                : "; start it with a larger --maxConnections (PARLEY_MAX_CONNECTIONS)");
            case 404 -> said + "; is the path in --url the one where Parley is?";
            case 0 ->
                said.contains("Too many open files")
                        ? said + "; raise 'ulimit -n' for this command"
                        : said.contains("Connection refused") ? said + "; is a server there? see --url" : said;
            default -> said;
        };
    }
}
