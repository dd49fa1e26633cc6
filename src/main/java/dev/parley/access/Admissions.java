package dev.parley.access;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts connections, in all and for each address, against their limits. Thread-safe. */
public final class Admissions {

    private final int perAddress;
    private final int inAll;

    @GuardedBy("this")
    private final Map<String, Integer> byAddress = new HashMap<>();

    @GuardedBy("this")
    private int count;

    /** Admits so many for each address and in all. */
    public Admissions(int perAddress, int inAll) {
        this.perAddress = perAddress;
        this.inAll = inAll;
    }

    /**
     * Counts one more from {@code address}, to be given back with {@link #leave}.
     *
     * @return why not, if it was not admitted and not counted
     */
    public synchronized Optional<Full> enter(String address) {
        int fromThere = byAddress.getOrDefault(address, 0);
        if (count >= inAll) {
            return Optional.of(new Full(count + " connections, at most " + inAll, false));
        }
        if (fromThere >= perAddress && !address.isEmpty()) {
            return Optional.of(new Full(fromThere + " connections from your address, at most " + perAddress, true));
        }
        count++;
        byAddress.put(address, fromThere + 1);
        return Optional.empty();
    }

    /** Takes back one that was admitted. */
    public synchronized void leave(String address) {
        count--;
        byAddress.computeIfPresent(address, (a, n) -> n == 1 ? null : n - 1);
    }

    /**
     * There is no place.
     *
     * @param reason the value and the limit
     * @param forAddress whether others would still get one
     */
    public record Full(String reason, boolean forAddress) {}
}
