package dev.parley.lab;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.access.Guests;
import dev.parley.protocol.Person;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The runs under way. A run belongs to the guest who asked for it first, and only what brings that guest's cookie takes part
 * in it: nobody can count, let alone trouble, a connection of anybody else's. It is forgotten {@link #FORGOTTEN} to
 * twice that after it was asked for last; a guest has {@link #MOST_FOR_EACH} of them, all together {@link #MOST}. Thread-safe.
 */
public final class Lab {

    /** The name of the servlet context's attribute where the server that runs the application finds it. */
    public static final String ATTRIBUTE = "dev.parley.lab.Lab";

    static final Duration FORGOTTEN = Duration.ofMinutes(5);
    static final int MOST_FOR_EACH = 4;
    static final int MOST = 256;

    private final Guests guests;
    private final Timer timer;
    private final Executor executor;
    private volatile boolean onWire;

    @GuardedBy("this")
    private final Map<String, Run> runs = new HashMap<>();

    @GuardedBy("this")
    private boolean sweeps;

    /** Knows guests by {@code guests}; {@code executor} writes what a trouble has held back. */
    public Lab(Guests guests, Timer timer, Executor executor) {
        this.guests = guests;
        this.timer = timer;
        this.executor = executor;
    }

    /** Says, before there is any run, that the server counts the bytes of TCP itself. */
    public void countOnWire() {
        onWire = true;
    }

    /** Whether bytes are counted on the wire, and not reckoned. */
    public boolean countsOnWire() {
        return onWire;
    }

    /**
     * The way that a request takes part in; empty without a tag, or if the run is not its guest's.
     *
     * @param query still encoded
     * @param cookies the {@code Cookie} header
     */
    public Optional<Way> way(String query, Optional<String> cookies) {
        return Tag.in(query)
                .flatMap(tag -> cookies.flatMap(guests::read)
                        .flatMap(guest -> run(tag.run(), guest))
                        .map(run -> run.way(tag.way())));
    }

    /**
     * The run of this name, new if there was none.
     *
     * @throws IllegalArgumentException if it cannot be called so
     * @return empty if it is somebody else's
     */
    public synchronized Optional<Run> run(String name, Person guest) {
        if (!Tag.isRun(name)) {
            throw new IllegalArgumentException("8 to 32 of a to z and 0 to 9");
        }
        if (!runs.containsKey(name)) {
            makeRoom(guest);
            runs.put(name, new Run(guest.id(), timer, executor, onWire));
            sweepLater();
        }
        Optional<Run> theirs = Optional.ofNullable(runs.get(name)).filter(run -> run.isOf(guest.id()));
        theirs.ifPresent(run -> run.touch(timer.nanoTime()));
        return theirs;
    }

    /** Forgets the one that was asked for last the longest ago: the guest's own first, or anybody's. */
    @GuardedBy("this")
    private void makeRoom(Person guest) {
        long theirs = runs.values().stream().filter(run -> run.isOf(guest.id())).count();
        if (theirs >= MOST_FOR_EACH) {
            forgetOldest(run -> run.isOf(guest.id()));
        } else if (runs.size() >= MOST) {
            forgetOldest(run -> true);
        }
    }

    @GuardedBy("this")
    private void forgetOldest(Predicate<Run> among) {
        long now = timer.nanoTime();
        runs.values().stream()
                .filter(among)
                .min(Comparator.comparingLong(run -> run.touched() - now))
                .ifPresent(runs.values()::remove);
    }

    @GuardedBy("this")
    private void sweepLater() {
        if (!sweeps) {
            sweeps = true;
            timer.schedule(FORGOTTEN, this::sweep);
        }
    }

    private synchronized void sweep() {
        long now = timer.nanoTime();
        runs.values().removeIf(run -> now - run.touched() >= FORGOTTEN.toNanos());
        sweeps = false;
        if (!runs.isEmpty()) {
            sweepLater();
        }
    }

    /** How many runs are remembered. */
    synchronized int size() {
        return runs.size();
    }
}
