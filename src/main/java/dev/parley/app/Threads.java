package dev.parley.app;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of daemon threads with names; after their shutdown they drop what they are given. */
final class Threads {

    private static final System.Logger LOGGER = System.getLogger(Threads.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(30);

    private Threads() {}

    /** At most {@code size} threads {@code name-1} …, which go when they have nothing to do for a while. */
    static ThreadPoolExecutor pool(String name, int size) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setUncaughtExceptionHandler(
                            (t, failure) -> LOGGER.log(Level.ERROR, "A task failed on " + t.getName(), failure));
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }
}
