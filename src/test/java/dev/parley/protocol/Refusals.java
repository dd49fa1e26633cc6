package dev.parley.protocol;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a fault of the client's is answered with. */
public final class Refusals {

    private Refusals() {}

    /** The refusal that {@code fault} throws. */
    public static Refusal of(ThrowingCallable fault) {
        ProtocolException thrown = catchThrowableOfType(ProtocolException.class, fault);
        if (thrown == null) {
            throw new AssertionError("nothing was refused");
        }
        return thrown.refusal();
    }
}
