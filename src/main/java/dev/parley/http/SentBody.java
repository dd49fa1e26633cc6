package dev.parley.http;

import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.JsonSyntax;
import dev.parley.protocol.Limits;
import dev.parley.protocol.MessageReader;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Texts;
import dev.parley.protocol.XmlSyntax;
import dev.parley.request.Target;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The ways to write a message in a request's body. */
enum SentBody {
    JSON,
    XML,
    FORM,
    TEXT;

    /** The way that {@code Content-Type} names. */
    static SentBody of(Call call) {
        String header = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String[] parts = header.split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=")
                    && !parameter.equals("charset=utf-8")
                    && !parameter.equals("charset=us-ascii")) {
                throw ProblemException.of(415, "unsupported_type", parameter + ", it must be UTF-8");
            }
        }
        return switch (parts[0].strip()) {
            case "application/json" -> JSON;
            case "application/xml", "text/xml" -> XML;
            case "application/x-www-form-urlencoded" -> FORM;
            case "text/plain" -> TEXT;
            default ->
                throw ProblemException.of(
                        415,
                        "unsupported_type",
                        "Content-Type: application/json, application/xml, application/x-www-form-urlencoded or text/plain");
        };
    }

    /** The message; throws {@link ProtocolException} if it is none. */
    ClientMessage.Send read(byte[] body, RoomName room, Limits limits) {
        String text = utf8(body);
        return switch (this) {
            case JSON -> new MessageReader(JsonSyntax.INSTANCE, limits, Optional.of(room)).readSend(text);
            case XML -> new MessageReader(XmlSyntax.INSTANCE, limits, Optional.of(room)).readSend(text);
            case FORM -> {
                Target form = new Target("", text);
                yield send(
                        room,
                        form.parameter("key").map(Texts::requireKey),
                        form.parameter("text").orElse(""),
                        limits);
            }
            case TEXT -> send(room, Optional.empty(), text, limits);
        };
    }

    private static ClientMessage.Send send(RoomName room, Optional<String> key, String text, Limits limits) {
        Texts.requireText(text, limits);
        return new ClientMessage.Send(Optional.empty(), room, key, text);
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw MessagesResource.bad("body: " + body.length + " bytes that are not UTF-8");
        }
    }
}
