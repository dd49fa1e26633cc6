package dev.parley.room;

import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who listens in a room, and whether their number must be told. Confined to the room's lock. */
final class Audience {

    private static final System.Logger LOGGER = System.getLogger(Audience.class.getName());

    private final Set<Listener> listeners = new LinkedHashSet<>();

    /** The listeners as a list; absent when they changed. */
    private @Nullable List<Listener> list;

    private int counting;
    private boolean countDue;

    void add(Listener listener) {
        if (listeners.add(listener)) {
            counting += listener.countsConnections() ? 1 : 0;
            changed();
        }
    }

    /** Whether it was there. */
    boolean remove(Listener listener) {
        if (!listeners.remove(listener)) {
            return false;
        }
        counting -= listener.countsConnections() ? 1 : 0;
        changed();
        return true;
    }

    private void changed() {
        list = null;
        countDue = counting > 0;
    }

    List<Listener> list() {
        if (list == null) {
            list = List.copyOf(listeners);
        }
        return list;
    }

    int size() {
        return listeners.size();
    }

    /** Whether somebody wants the number of connections, and it changed. */
    boolean isCountDue() {
        return countDue;
    }

    /** The number, if it is due; told by now. */
    OptionalInt takeCount() {
        OptionalInt count = countDue ? OptionalInt.of(listeners.size()) : OptionalInt.empty();
        countDue = false;
        return count;
    }

    /** Tells each of them, under no lock. A fault in one listener's way is logged, and is no other's. */
    static void tell(List<Listener> listening, Consumer<Listener> news) {
        for (Listener listener : listening) {
            try {
                news.accept(listener);
            } catch (RuntimeException | StackOverflowError e) {
                LOGGER.log(Level.ERROR, "A listener failed", e);
            }
        }
    }
}
