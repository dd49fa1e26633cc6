package dev.parley.protocol;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A never-ending HTML document, for what knows nothing newer: each message a script that calls a function of the page around
 * it. One for each stream, as the function and the nonce are its own. Immutable.
 */
public final class IframeFormat implements WireFormat {

    private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*){0,4}");
    private static final int MAX_CALLBACK_CHARS = 128;

    private final String before;

    /**
     * Scripts that call {@code callback}.
     *
     * @param nonce what the document's policy lets scripts run by, Base64
     * @throws ProtocolException if {@code callback} is no path of names
     */
    public IframeFormat(String callback, String nonce) {
        if (callback.length() > MAX_CALLBACK_CHARS
                || !CALLBACK.matcher(callback).matches()) {
            throw Fields.bad("callback: '" + Texts.excerpt(callback) + "', up to five names with dots between");
        }
        this.before = "<script nonce=\"" + nonce + "\">" + callback + "(";
    }

    @Override
    public List<Frame> encode(List<? extends ServerMessage> messages) {
        StringBuilder scripts = new StringBuilder();
        for (ServerMessage message : messages) {
            if (!(message instanceof ServerMessage.Ping || message instanceof ServerMessage.Connected)) {
                scripts.append(before);
                escape(JsonFormat.INSTANCE.object(message), scripts);
                scripts.append(")</script>\n");
            }
        }
        return scripts.isEmpty() ? List.of() : List.of(new Frame(scripts.toString()));
    }

    /** Only strings in JSON hold these characters, and there an escape is the same. */
    private static void escape(String json, StringBuilder script) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '<', '>', '&', '\u2028', '\u2029' -> script.append(String.format("\\u%04X", (int) c));
                default -> script.append(c);
            }
        }
    }
}
