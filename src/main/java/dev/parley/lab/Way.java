package dev.parley.lab;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.time.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One way of a run: what it costs, what is open of it, and the trouble it is in. Thread-safe. */
public final class Way {

    /** The name of a request's attribute, where the server that counts bytes on the wire leaves the way. */
    public static final String ATTRIBUTE = "dev.parley.lab.Way";

    private final Timer timer;
    private final Executor executor;
    private final boolean onWire;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final Set<Gate> gates = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean dropsNext = new AtomicBoolean();
    private final AtomicBoolean deadensNext = new AtomicBoolean();
    private volatile Trouble trouble = Trouble.NONE;

    @GuardedBy("this")
    private long round;

    Way(Timer timer, Executor executor, boolean onWire) {
        this.timer = timer;
        this.executor = executor;
        this.onWire = onWire;
    }

    /** Whether an edge that sees no TCP bytes is to reckon what they must have been. */
    public boolean isReckoned() {
        return !onWire;
    }

    /** So many bytes came. */
    public void in(long bytes) {
        bytesIn.addAndGet(bytes);
    }

    /** So many bytes went out. */
    public void out(long bytes) {
        bytesOut.addAndGet(bytes);
    }

    /** A connection carries the way for the first time. */
    public void connected() {
        opened.incrementAndGet();
        connections.incrementAndGet();
    }

    /** A connection that carried the way is closed. */
    public void disconnected() {
        connections.decrementAndGet();
    }

    /** A request came, on {@code wire}, which is its own. */
    public void begun(Wire wire) {
        requests.incrementAndGet();
        wires.add(wire);
        if (dropsNext.compareAndSet(true, false)) {
            wire.cut();
        }
    }

    /** The request on {@code wire} is answered to the end, or given up; again does nothing. */
    public void ended(Wire wire) {
        wires.remove(wire);
    }

    /** A gate for what is written in answer to a request, until {@link Gate#closed}; {@code cut} ends its connection. */
    public Gate gate(Runnable cut) {
        Gate gate = new Gate(this, timer, executor, cut);
        gates.add(gate);
        if (deadensNext.compareAndSet(true, false)) {
            deaden(gate);
        }
        return gate;
    }

    void left(Gate gate) {
        gates.remove(gate);
    }

    Trouble trouble() {
        return trouble;
    }

    /** Whether handshakes are refused now. */
    public boolean refusesUpgrades() {
        return trouble.kind() == Trouble.Kind.REFUSE;
    }

    /** The status to refuse them with. */
    public int refusalStatus() {
        return trouble.amount();
    }

    /** Makes trouble, which ends by itself. */
    Effect make(Trouble made) {
        switch (made.kind()) {
            case DROP:
                return drop();
            case HALF_OPEN:
                return halfOpen(made);
            default:
                begin(made);
                return new Effect(wires.size(), true);
        }
    }

    private Effect drop() {
        Set<Wire> open = Set.copyOf(wires);
        boolean abruptly = onWire || open.stream().allMatch(Wire::cutsAbruptly);
        if (open.isEmpty()) {
            dropsNext.set(true);
        }
        open.forEach(Wire::cut);
        return new Effect(open.size(), abruptly);
    }

    private Effect halfOpen(Trouble made) {
        Set<Gate> open = Set.copyOf(gates);
        if (open.isEmpty()) {
            deadensNext.set(true);
            timer.schedule(made.lasting(), () -> deadensNext.set(false));
        }
        begin(made);
        open.forEach(this::deaden);
        return new Effect(open.size(), true);
    }

    /** What was swallowed is lost to the connection, so it is cut at the end. */
    private void deaden(Gate gate) {
        gate.die();
        timer.schedule(
                trouble.kind() == Trouble.Kind.HALF_OPEN ? trouble.lasting() : Trouble.LONGEST,
                () -> executor.execute(gate::cut));
    }

    private void begin(Trouble made) {
        long of;
        synchronized (this) {
            trouble = made;
            of = ++round;
        }
        gates.forEach(Gate::changed);
        if (made.kind() != Trouble.Kind.NONE) {
            timer.schedule(made.lasting(), () -> executor.execute(() -> end(of)));
        }
    }

    private void end(long of) {
        boolean ended;
        synchronized (this) {
            ended = round == of;
            trouble = ended ? Trouble.NONE : trouble;
        }
        if (ended) {
            gates.forEach(Gate::changed);
        }
    }

    /** What the way has cost. */
    public Figures figures() {
        return new Figures(
                requests.get(), wires.size(), opened.get(), connections.get(), bytesIn.get(), bytesOut.get());
    }
}
