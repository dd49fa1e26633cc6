package dev.parley.app;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of daemon threads with names; after their shutdown they drop what they are given. */
final class Threads {

    private static final System.Logger LOGGER = System.getLogger(Threads.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final Set<Thread> STARTED = ConcurrentHashMap.newKeySet();

    private Threads() {}

    /**
     * At most {@code size} threads {@code name-1} …, which go when they have nothing to do for a while. They have the
     * application's class loader, whoever starts them.
     */
    static ThreadPoolExecutor pool(String name, int size) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(Threads.class.getClassLoader());
                    STARTED.removeIf(other -> other.getState() == Thread.State.TERMINATED);
                    STARTED.add(thread);
                    thread.setUncaughtExceptionHandler(
                            (t, failure) -> LOGGER.log(Level.ERROR, "A task failed on " + t.getName(), failure));
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }

    /**
     * Lets them do what they were given, for a second at most. Waits for the threads themselves: a pool is terminated a
     * moment before its last thread is, and containers look for threads that stay.
     */
    static void end(List<ThreadPoolExecutor> pools) {
        pools.forEach(ThreadPoolExecutor::shutdown);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        try {
            for (Thread thread : STARTED) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
                if (thread.isAlive()) {
                    LOGGER.log(Level.WARNING, "A task still runs on " + thread.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
