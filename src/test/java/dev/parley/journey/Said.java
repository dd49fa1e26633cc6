package dev.parley.journey;

import java.util.Map;

/**
 * Something that the server said, whichever way it was written. Immutable.
 *
 * @param type {@code message}, {@code joined} …; empty for an answer that is known by its request
 * @param fields those that are plain values; of the others what they are, in no certain form
 */
record Said(String type, Map<String, String> fields) {

    Said {
        fields = Map.copyOf(fields);
    }

    String field(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new AssertionError("no " + name + " in " + this);
        }
        return value;
    }

    long seq() {
        return Long.parseLong(field("seq"));
    }
}
