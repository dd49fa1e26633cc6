package dev.parley.bench.wire;

/** A stream over one {@link Link}: what all kinds have in common. Confined to the loop's thread. */
abstract class LinkStream implements Peer, Stream {

    final Loop loop;
    final Inbox inbox;
    final Link link = new Link(this);
    boolean open;
    boolean over;
    long frames;

    /** Whoever extends this connects when all of it is there. */
    LinkStream(Loop loop, Inbox inbox) {
        this.loop = loop;
        this.inbox = inbox;
    }

    /** Ends it, and tells why; of what was being read, 0 bytes are done with. */
    final int fail(int code, String why) {
        over = true;
        link.close();
        inbox.ended(code, why);
        return 0;
    }

    @Override
    public final void ended(String why) {
        if (!over) {
            over = true;
            inbox.ended(0, why);
        }
    }

    @Override
    public final long frames() {
        return frames;
    }

    @Override
    public final void pause() {
        link.pause();
    }

    @Override
    public final void resume() {
        link.resume();
    }

    @Override
    public final void cut() {
        over = true;
        link.cut();
    }
}
