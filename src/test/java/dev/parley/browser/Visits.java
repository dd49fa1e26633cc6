package dev.parley.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Visits to a site that runs for all tests of a class. */
abstract class Visits {

    @TempDir
    static Path data;

    static Site site;

    /** What a test opened; it is closed after it, the last first. */
    final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeAll
    static void start() throws IOException {
        site = Site.start(data);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void leave() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
