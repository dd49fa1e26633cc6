package dev.parley.protocol;

/** Takes a message's fields one after the other, and writes them in a syntax of its own. Confined to one thread. */
interface FieldWriter {

    /** Begins the whole. */
    FieldWriter begin(String type);

    /** Begins a whole whose type is known from where it stands: an answer over HTTP. */
    FieldWriter beginUntyped(String type);

    /** Begins an object in a field. */
    FieldWriter object(String field);

    /** Begins an array in a field. */
    FieldWriter array(String field);

    /** Begins an object in an array; where items have names, it is {@code name}. */
    FieldWriter item(String name);

    /** Begins a whole in an array. */
    FieldWriter typedItem(String type);

    /** Ends what was begun last. */
    FieldWriter end();

    /** A field. */
    FieldWriter write(String field, String value);

    /** A field. */
    FieldWriter write(String field, long value);

    /** A field. */
    FieldWriter write(String field, boolean value);

    /** The client's own id. */
    FieldWriter write(RequestId id);
}
