package dev.parley.http;

import dev.parley.protocol.JsonSyntax;
import dev.parley.protocol.MessageReader;
import dev.parley.protocol.Person;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code api/me}: GET tells who the cookie's guest is and makes one of who has none; POST {@code {"name":"…"}} renames. Both
 * tell what a client may do.
 */
public final class MeServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final int MAX_BODY_BYTES = 4 * 1024;

    /** Knows guests as {@code edge} does. */
    public MeServlet(HttpEdge edge) {
        super(edge);
    }

    @Override
    void serve(Call call) {
        call.requireMethod("GET", "HEAD", "POST");
        call.negotiate();
        if (call.isRead()) {
            call.answer(200, new ServerMessage.Guest(call.person(), call.edge.limits()));
            return;
        }
        call.exchange();
        try {
            Body.read(
                    call.request,
                    MAX_BODY_BYTES,
                    body -> rename(call, body),
                    refused -> call.fail(Problems.of(refused.refusal())));
        } catch (IOException e) {
            throw ProblemException.of(400, "bad_message", "body: it cannot be read");
        }
    }

    private static void rename(Call call, byte[] body) {
        try {
            MessageReader reader = new MessageReader(JsonSyntax.INSTANCE, call.edge.limits(), Optional.empty());
            Person renamed = new Person(call.idOrNew(), reader.readName(new String(body, StandardCharsets.UTF_8)));
            call.introduce(renamed);
            call.answer(200, new ServerMessage.Guest(renamed, call.edge.limits()));
        } catch (ProtocolException e) {
            call.fail(Problems.of(e.refusal()));
        }
    }
}
