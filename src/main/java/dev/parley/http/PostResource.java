package dev.parley.http;

import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.Texts;
import dev.parley.request.Posting;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a message: answered when it is durable. Immutable. */
final class PostResource {

    void serve(Call call, RoomName room) {
        SentBody form = SentBody.of(call);
        Optional<String> key =
                call.header("Idempotency-Key").map(PostResource::unquoted).map(Texts::requireKey);
        Person person = call.person();
        call.exchange();
        try {
            Body.read(
                    call.request,
                    call.edge.limits().frameBytes(),
                    bytes -> send(call, room, person, key, form, bytes),
                    refused -> call.fail(Problems.of(refused.refusal())));
        } catch (IOException e) {
            throw new ProblemException(Problems.of(400, "bad_message", "body: it cannot be read"));
        }
    }

    /** The draft standard has it as a string of structured fields, in quotes. */
    private static String unquoted(String key) {
        String value = key.strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static void send(
            Call call, RoomName room, Person person, Optional<String> key, SentBody form, byte[] bytes) {
        try {
            ClientMessage.Send send = form.read(bytes, room, call.edge.limits());
            if (key.isPresent() && send.key().isPresent() && !key.equals(send.key())) {
                throw MessagesResource.bad("key: '" + send.key().get() + "' in the body, another in Idempotency-Key");
            }
            call.edge
                    .posting()
                    .post(
                            room,
                            key.or(send::key),
                            person,
                            send.text(),
                            posted -> answer(call, room, posted),
                            refusal -> call.fail(Problems.of(refusal)));
        } catch (ProtocolException e) {
            call.fail(Problems.of(e.refusal()));
        } catch (ProblemException e) {
            call.fail(e.problem());
        }
    }

    private static void answer(Call call, RoomName room, Posting.Posted posted) {
        call.edge.history().epoch(room).whenComplete((epoch, failure) -> answer(call, posted, epoch, failure));
    }

    private static void answer(Call call, Posting.Posted posted, @Nullable String epoch, @Nullable Throwable failure) {
        if (epoch == null) {
            call.fail(Problems.of(Posting.refusal(failure == null ? new IllegalStateException() : failure)));
            return;
        }
        long seq = posted.appended().seq();
        boolean duplicate = posted.appended().duplicate();
        call.response.setHeader("Location", "messages?after=" + new Cursor(epoch, seq - 1));
        call.answer(
                duplicate ? 200 : 201,
                new ServerMessage.Receipt(posted.key(), new Cursor(epoch, seq), posted.stored(), duplicate));
    }
}
