package dev.parley.protocol;

import java.util.List;
import java.util.Optional;

/**
 * An object that a client sent, whatever syntax it came in. A field that is there and not of the kind asked for is refused
 * with {@code bad_message}; one that is not there, or null, is empty. Immutable.
 */
interface Fields {

    /** What kind of message it is. */
    String type();

    /** The client's own id. */
    Optional<RequestId> id();

    /** A text. */
    Optional<String> string(String field);

    /** A whole number from 1 to {@code most}. */
    Optional<Integer> number(String field, int most);

    /** A list of objects, each with some of the fields {@code of}; empty if the field is not there. */
    List<Fields> objects(String field, String of);

    /** A refusal that says what is wrong with a message. */
    static ProtocolException bad(String message) {
        return new ProtocolException(Refusal.of(Refusal.Code.BAD_MESSAGE, message));
    }
}
