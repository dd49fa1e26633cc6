package dev.parley.standalone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * The orderly end. SIGTERM and SIGINT are how a server is told to stop, so they exit with 0, and in time whatever hangs.
 * Thread-safe.
 */
final class Stop {

    private static final Duration LIMIT = Duration.ofMillis(4500);

    private final CountDownLatch never = new CountDownLatch(1);
    private final Runnable lastly;
    private volatile @Nullable StandaloneServer server;

    private Stop(Runnable lastly) {
        this.lastly = lastly;
    }

    /** From now on the end of the process runs {@code lastly}. */
    static Stop install(Runnable lastly) {
        Stop stop = new Stop(lastly);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "parley-stop"));
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> exit());
        }
        return stop;
    }

    /** From now on it closes {@code started} before. */
    void closes(StandaloneServer started) {
        server = started;
    }

    /** Does not return: the server's own threads keep no process alive. */
    void await() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        StandaloneServer started = server;
        if (started != null) {
            started.close();
        }
        lastly.run();
    }

    private static void exit() {
        Thread exit = new Thread(() -> System.exit(0), "parley-exit");
        exit.start();
        try {
            exit.join(LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
