package dev.parley.http;

import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Limits;
import dev.parley.protocol.MessageReader;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.request.History;
import dev.parley.request.Posting;
import java.util.List;
import java.util.Optional;

/** {@code messages}: GET reads a page of the past, or polls for what is new; POST sends. Immutable. */
final class MessagesResource implements RoomsServlet.Resource {

    private final PollResource poll = new PollResource();
    private final PostResource post = new PostResource();

    @Override
    public void serve(Call call, RoomName room) {
        call.requireMethod("GET", "HEAD", "POST");
        Representation representation = call.negotiate();
        call.response.addHeader("Vary", "Accept");
        if (!call.isRead()) {
            post.serve(call, room);
        } else if (call.target().parameter("after").isPresent()
                || call.target().parameter("wait").isPresent()) {
            poll.serve(call, room, representation);
        } else {
            history(call, room, representation);
        }
    }

    private static void history(Call call, RoomName room, Representation representation) {
        Optional<Cursor> before = call.cursor("before");
        int limit = call.number("limit", 1, Limits.HISTORY_MESSAGES).orElse(MessageReader.DEFAULT_HISTORY_MESSAGES);
        call.person();
        call.exchange();
        call.edge
                .history()
                .page(new ClientMessage.History(Optional.empty(), room, before, Optional.empty(), limit))
                .whenComplete((past, failure) -> {
                    if (failure != null) {
                        call.fail(Problems.of(Posting.refusal(failure)));
                    } else {
                        answer(call, representation, listing(past, before));
                    }
                });
    }

    private static ServerMessage.Listing listing(History.Past past, Optional<Cursor> before) {
        List<dev.parley.protocol.PostedMessage> messages = past.page().messages();
        Cursor here =
                before.orElse(new Cursor(past.extent().epoch(), past.extent().head()));
        Cursor end =
                messages.isEmpty() ? here : messages.get(messages.size() - 1).cursor();
        return new ServerMessage.Listing(
                messages, end, Optional.empty(), Optional.of(past.page().more()));
    }

    private static void answer(Call call, Representation representation, ServerMessage.Listing listing) {
        boolean gzip = AcceptEncoding.allowsGzip(call.headers("Accept-Encoding"));
        String first = listing.messages().isEmpty()
                ? "0"
                : String.valueOf(listing.messages().get(0).seq());
        String etag = "\"" + first + "-" + listing.cursor()
                + listing.more().map(more -> more ? "+" : "").orElse("") + "-" + representation + (gzip ? "-gz" : "")
                + "\"";
        call.response.setHeader("ETag", etag);
        call.response.setHeader("Cache-Control", "private, no-cache");
        call.response.addHeader("Vary", "Accept-Encoding");
        if (EntityTag.matches(call.headers("If-None-Match"), etag)) {
            call.answer(304, "", new byte[0]);
            return;
        }
        byte[] body = representation.bytes(listing);
        if (gzip) {
            call.response.setHeader("Content-Encoding", "gzip");
            body = Gzip.compress(body);
        }
        call.answer(200, representation.type(), body);
    }

    /** A refusal that says what is wrong with a request. */
    static ProtocolException bad(String message) {
        return new ProtocolException(Refusal.of(Refusal.Code.BAD_MESSAGE, message));
    }
}
