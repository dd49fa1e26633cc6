package dev.parley.standalone;

import dev.parley.contract.HttpEchoContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@link HttpEchoContract} on the whole server. */
final class HttpEchoTest extends HttpEchoContract {

    @TempDir
    private Path root;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(root);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected URI base() {
        return server.base();
    }
}
