package dev.parley.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which fields each message has, in which order: the same in every syntax. */
final class MessageWriter {

    private MessageWriter() {}

    /** Writes all of {@code message}. */
    static void write(FieldWriter out, ServerMessage message) {
        if (message instanceof PostedMessage posted) {
            posted(out.begin("message"), posted);
        } else if (message instanceof ServerMessage.Answer answer) {
            answer(out, answer);
        } else if (message instanceof ServerMessage.Sent sent) {
            head(out, "sent", sent.id(), sent.room()).write("key", sent.key());
            out.write("seq", sent.seq()).write("stored", sent.stored()).write("duplicate", sent.duplicate());
        } else if (message instanceof ServerMessage.Welcome welcome) {
            welcome(out, welcome);
        } else if (message instanceof ServerMessage.Joined joined) {
            head(out, "joined", joined.id(), joined.room())
                    .write("cursor", joined.cursor().toString());
            people(out, "members", joined.members())
                    .write("count", joined.count())
                    .write("version", joined.version());
        } else if (message instanceof ServerMessage.Left left) {
            head(out, "left", left.id(), left.room());
        } else if (message instanceof ServerMessage.HistoryPage page) {
            messages(head(out, "history", page.id(), page.room()), page.messages())
                    .write("more", page.more());
        } else if (message instanceof ServerMessage.Gap gap) {
            gap(out.begin("gap"), gap);
        } else if (message instanceof ServerMessage.Presence presence) {
            head(out, "presence", Optional.empty(), presence.room()).write("version", presence.version());
            people(out, "joined", presence.joined());
            people(out, "left", presence.left()).write("count", presence.count());
        } else if (message instanceof ServerMessage.Roster roster) {
            head(out, "presence", Optional.empty(), roster.room()).write("version", roster.version());
            people(out, "members", roster.members()).write("count", roster.count());
        } else if (message instanceof ServerMessage.SomebodyTypes typing) {
            person(head(out, "typing", Optional.empty(), typing.room()).object("from"), typing.from());
        } else if (message instanceof ServerMessage.Ping) {
            out.begin("ping");
        } else if (message instanceof ServerMessage.Pong pong) {
            head(out, "pong", pong.id());
        } else if (message instanceof ServerMessage.Refused refused) {
            refused(out, refused);
        } else if (message instanceof ServerMessage.Bye bye) {
            out.begin("bye").write("code", bye.code().code());
            out.write("retryAfter", bye.retryAfterMillis()).write("spread", bye.spreadMillis());
        } else {
            throw new AssertionError(message);
        }
        out.end();
    }

    private static void answer(FieldWriter out, ServerMessage.Answer answer) {
        if (answer instanceof ServerMessage.Listing listing) {
            messages(out.beginUntyped("listing"), listing.messages())
                    .write("cursor", listing.cursor().toString());
            listing.gap().ifPresent(gap -> gap(out.object("gap"), gap).end());
            listing.more().ifPresent(more -> out.write("more", more));
        } else if (answer instanceof ServerMessage.Receipt receipt) {
            out.beginUntyped("sent").write("seq", receipt.cursor().seq()).write("key", receipt.key());
            out.write("cursor", receipt.cursor().toString()).write("stored", receipt.stored());
            out.write("duplicate", receipt.duplicate());
        } else if (answer instanceof ServerMessage.Members members) {
            people(out.beginUntyped("roster"), "members", members.members())
                    .write("count", members.count())
                    .write("version", members.version());
        } else if (answer instanceof ServerMessage.Guest guest) {
            out.beginUntyped("user").write("id", guest.person().id());
            limits(out.write("name", guest.person().name().value()), guest.limits());
        } else if (answer instanceof ServerMessage.Problem problem) {
            out.beginUntyped("problem").write("type", "about:blank").write("title", problem.code());
            out.write("status", problem.status()).write("detail", problem.detail());
            out.write("code", problem.code()).write("retry", problem.retry());
            problem.retryAfterMillis().ifPresent(millis -> out.write("retryAfter", millis));
        } else {
            throw new AssertionError(answer);
        }
    }

    private static FieldWriter posted(FieldWriter out, PostedMessage posted) {
        out.write("room", posted.room().value()).write("cursor", posted.cursor().toString());
        out.write("seq", posted.seq()).write("key", posted.key());
        return person(out.object("from"), posted.from())
                .write("at", Timestamps.text(posted.at()))
                .write("text", posted.text());
    }

    private static void welcome(FieldWriter out, ServerMessage.Welcome welcome) {
        person(head(out, "welcome", welcome.id()).object("user"), welcome.user())
                .write("session", welcome.session());
        out.write("heartbeat", welcome.heartbeatSeconds());
        limits(out, welcome.limits());
    }

    private static void limits(FieldWriter out, Limits limits) {
        out.object("limits").write("textChars", limits.textChars()).write("frameBytes", limits.frameBytes());
        out.write("nameChars", limits.nameChars()).write("roomNameChars", limits.roomNameChars());
        out.write("rooms", limits.rooms()).write("messagesPerSecond", limits.messagesPerSecond());
        out.write("burst", limits.burst())
                .write("historyMessages", Limits.HISTORY_MESSAGES)
                .end();
    }

    private static void refused(FieldWriter out, ServerMessage.Refused refused) {
        Refusal refusal = refused.refusal();
        head(out, "error", refused.id()).write("code", refusal.code().wire());
        out.write("message", refusal.message()).write("retry", refusal.retry());
        refusal.retryAfterMillis().ifPresent(millis -> out.write("retryAfter", millis));
    }

    private static FieldWriter gap(FieldWriter out, ServerMessage.Gap gap) {
        out.write("room", gap.room().value()).write("from", gap.from().toString());
        return out.write("to", gap.to().toString())
                .write("reason", gap.reason().name().toLowerCase(Locale.ROOT));
    }

    private static FieldWriter messages(FieldWriter out, List<PostedMessage> messages) {
        out.array("messages");
        messages.forEach(message -> posted(out.typedItem("message"), message).end());
        return out.end();
    }

    private static FieldWriter head(FieldWriter out, String type, Optional<RequestId> id, RoomName room) {
        return head(out, type, id).write("room", room.value());
    }

    private static FieldWriter head(FieldWriter out, String type, Optional<RequestId> id) {
        out.begin(type);
        id.ifPresent(out::write);
        return out;
    }

    private static FieldWriter people(FieldWriter out, String field, List<Person> people) {
        out.array(field);
        people.forEach(someone -> person(out.item("person"), someone));
        return out.end();
    }

    private static FieldWriter person(FieldWriter out, Person someone) {
        return out.write("id", someone.id())
                .write("name", someone.name().value())
                .end();
    }
}
