package dev.parley.websocket;

import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.MessageReader;
import dev.parley.protocol.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A frame that a client sent, as a value that carries its own fault: what a decoder throws, some containers close the
 * connection for. Immutable.
 *
 * @param text what it holds
 * @param bytes how many bytes of UTF-8 that is
 * @param fault why it holds no text
 */
public record ClientFrame(String text, int bytes, Optional<Refusal> fault) {

    static ClientFrame of(String text) {
        return new ClientFrame(text, utf8Length(text), Optional.empty());
    }

    static ClientFrame of(ByteBuffer utf8) {
        int bytes = utf8.remaining();
        try {
            return new ClientFrame(
                    StandardCharsets.UTF_8.newDecoder().decode(utf8).toString(), bytes, Optional.empty());
        } catch (CharacterCodingException e) {
            return new ClientFrame(
                    "",
                    bytes,
                    Optional.of(Refusal.of(
                            Refusal.Code.BAD_MESSAGE, "a binary frame of " + bytes + " bytes that is not UTF-8")));
        }
    }

    /** The messages in it, or one that says why there are none. */
    List<ClientMessage> messages(MessageReader reader, int maxBytes) {
        return refusal(maxBytes)
                .map(refusal -> List.<ClientMessage>of(new ClientMessage.Unreadable(Optional.empty(), refusal)))
                .orElseGet(() -> reader.read(text));
    }

    /** Why it is not taken. */
    Optional<Refusal> refusal(int maxBytes) {
        if (bytes > maxBytes) {
            return Optional.of(Refusal.of(Refusal.Code.TOO_LARGE, "frame: " + bytes + " bytes, at most " + maxBytes));
        }
        return fault;
    }

    private static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
