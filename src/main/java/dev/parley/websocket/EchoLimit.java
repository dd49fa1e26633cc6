package dev.parley.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Optional;

/** How much one message may have on a connection to the echo endpoint. Confined to one thread at a time. */
final class EchoLimit {

    private long messageBytes;
    private Optional<CloseReason> fault = Optional.empty();

    /** Takes a part of a message; false for it and all that follow if the message has too much with it. */
    boolean takes(long bytes, boolean last) {
        if (fault.isPresent()) {
            return false;
        }
        messageBytes += bytes;
        long max = EchoSessions.maxMessageBytes();
        if (messageBytes > max) {
            fault = Optional.of(new CloseReason(CloseCodes.TOO_BIG, "more than " + max + " bytes in one message"));
            return false;
        }
        if (last) {
            messageBytes = 0;
        }
        return true;
    }

    /** What the connection is to be closed with. */
    Optional<CloseReason> fault() {
        return fault;
    }
}
