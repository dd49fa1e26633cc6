package dev.parley.log.sqlite;

import dev.parley.log.LogException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has to be let go of, last taken first, whether the start fails midway or the log closes. Whatever fails, the
 * rest goes too. Confined to one thread at a time.
 */
final class Holdings {

    private final Deque<Release> releases = new ArrayDeque<>();

    /** Lets go of one thing. */
    @FunctionalInterface
    interface Release {
        void run() throws Exception;
    }

    void add(Release release) {
        releases.push(release);
    }

    /** Lets go of everything; the first failure is thrown afterwards, with the others in it. */
    void release() {
        @Nullable LogException failure = null;
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new LogException("The log did not close cleanly: " + e.getMessage(), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Lets go of everything after {@code failure}, which takes up what fails now. */
    void releaseAfter(Throwable failure) {
        try {
            release();
        } catch (LogException e) {
            failure.addSuppressed(e);
        }
    }
}
