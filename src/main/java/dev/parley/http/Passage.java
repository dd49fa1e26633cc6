package dev.parley.http;

import dev.parley.delivery.Connection.Written;
import dev.parley.lab.Gate;
import dev.parley.lab.Way;
import dev.parley.lab.Wire;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the lab knows of one exchange that takes part in a run: lets what is written pass its gate and, where the server does
 * not count on the wire, reckons the bytes. Thread-safe.
 */
final class Passage implements Wire {

    private final Way way;
    private final HttpServletResponse response;
    private final Runnable cut;
    private final boolean abruptly;
    private final Gate gate;
    private final AtomicBoolean headed = new AtomicBoolean();

    private Passage(Way way, HttpServletResponse response, Runnable cut, boolean abruptly) {
        this.way = way;
        this.response = response;
        this.cut = cut;
        this.abruptly = abruptly;
        this.gate = way.gate(cut);
    }

    /** {@code cut} ends the exchange as abruptly as the container can. */
    static Passage begin(
            Way way, HttpServletRequest request, HttpServletResponse response, Runnable cut, boolean abruptly) {
        Passage passage = new Passage(way, response, cut, abruptly);
        if (way.isReckoned()) {
            way.in(Reckoning.request(request));
            way.begun(passage);
        }
        return passage;
    }

    /** Something that writes. */
    interface Writing {

        /** As {@link Outlet#write}. */
        void write(byte[] bytes, Written written);
    }

    /** Writes when the lab lets it; {@code last}: the answer ends with these bytes. */
    void write(byte[] bytes, boolean last, Writing writing, Written written) {
        gate.pass(
                bytes.length,
                last,
                done -> {
                    reckon(bytes.length, last);
                    if (bytes.length == 0) {
                        done.done(null);
                    } else {
                        writing.write(bytes, done::done);
                    }
                },
                written::done);
    }

    private void reckon(int bytes, boolean last) {
        if (way.isReckoned()) {
            boolean first = headed.compareAndSet(false, true);
            way.out((first ? Reckoning.head(response) : 0) + Reckoning.body(response, bytes, last));
        }
    }

    /** Lets out what is held, then ends. */
    void end(Runnable ending) {
        gate.end(ending);
    }

    /** The exchange is over. */
    void closed() {
        gate.closed();
        way.ended(this);
    }

    @Override
    public void cut() {
        cut.run();
    }

    @Override
    public boolean cutsAbruptly() {
        return abruptly;
    }
}
