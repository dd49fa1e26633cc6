package dev.parley.protocol;

/** A format that writes each message as an object of named fields; what has no fields, as a status line, is not for it. */
public interface ObjectFormat extends WireFormat {

    /** One message, for itself. */
    String object(ServerMessage message);
}
