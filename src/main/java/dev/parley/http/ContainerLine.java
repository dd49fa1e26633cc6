package dev.parley.http;

/**
 * The line where the container keeps its own to itself: a client that is gone is noticed when something is written to it,
 * within a heartbeat, and one that does not read when the container's own write timeout is over.
 */
final class ContainerLine implements Line {

    static final ContainerLine INSTANCE = new ContainerLine();

    private ContainerLine() {}

    @Override
    public void hold(Runnable gone) {
        // The container does not tell.
    }

    @Override
    public void release() {
        // Nothing is held.
    }

    @Override
    public void cut() {
        // The end of the request is all there is.
    }
}
