package dev.parley.testing;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A TCP line that can be cut, mended, held, led elsewhere, or made to swallow what goes through it. Thread-safe. */
public class CuttingProxy extends LoopbackProxy {

    private static final byte[] NOTHING = {};

    private volatile InetSocketAddress target;
    private volatile boolean cut;

    /** Leads to {@code target}, from a port of its own. */
    public CuttingProxy(InetSocketAddress target) throws IOException {
        this.target = target;
    }

    /** Ends every connection; new ones end as they come. */
    public void cut() {
        cut = true;
        lines().forEach(Line::close);
    }

    /** Takes new connections again; those that were cut, or swallow, stay lost. */
    public void mend() {
        lines().forEach(Line::close);
        cut = false;
    }

    /** From now on leads new connections to {@code address}. */
    public void leadTo(InetSocketAddress address) {
        target = address;
    }

    /** From now on the open connections carry nothing in either direction, and nobody is told. */
    public void swallow() {
        lines().forEach(line -> line.up.swallow());
        swallowAnswers();
    }

    /** From now on nothing is taken from the server on the open connections; it notices when the buffers between are full. */
    public void hold() {
        lines().forEach(line -> line.down.hold());
    }

    /** What was held comes, and all that follows it. */
    public void release() {
        lines().forEach(line -> line.down.release());
    }

    /** From now on the open connections carry what the client sends, and not what it is sent. */
    public void swallowAnswers() {
        lines().forEach(line -> line.down.swallow());
    }

    @Override
    void serve(Line line) throws IOException {
        if (!cut) {
            line.lead(target, NOTHING);
        }
    }
}
