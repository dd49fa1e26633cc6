package dev.parley.log.sqlite;

/** Waiting that an interrupt does not cut short: it is put off until after. */
final class Patience {

    private Patience() {}

    /** A call that blocks. */
    @FunctionalInterface
    interface Blocking {
        void run() throws InterruptedException;
    }

    static void until(Blocking call) {
        boolean interrupted = false;
        while (true) {
            try {
                call.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
