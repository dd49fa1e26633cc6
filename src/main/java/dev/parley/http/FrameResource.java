package dev.parley.http;

import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.IframeFormat;
import dev.parley.protocol.RoomName;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** {@code frame}: a room as a document that never ends, to be shown in an iframe of the same origin. Immutable. */
final class FrameResource implements RoomsServlet.Resource {

    /** Browsers begin to run scripts when they have seen about this much. */
    private static final int PADDING_CHARS = 1024;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String COMMENT = "<!-- -->\n";

    @Override
    public void serve(Call call, RoomName room) {
        call.requireMethod("GET", "HEAD");
        call.requireAccepted("text/html");
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String nonce = Base64.getEncoder().encodeToString(random);
        String callback = call.target()
                .parameter("callback")
                .orElseThrow(() -> MessagesResource.bad("callback: missing, the name of a function"));
        IframeFormat format = new IframeFormat(callback, nonce);
        ClientMessage.Place place = new ClientMessage.Place(room, call.cursor("after"));
        call.response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'nonce-" + nonce + "'; base-uri 'none'; frame-ancestors 'self'");
        String beginning = "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Parley</title>\n<!--"
                + " ".repeat(PADDING_CHARS) + "-->\n";
        Streams.open(
                call,
                new Streams.Kind("text/html;charset=UTF-8", format, beginning, COMMENT, frame -> new byte[0]),
                List.of(place));
    }
}
