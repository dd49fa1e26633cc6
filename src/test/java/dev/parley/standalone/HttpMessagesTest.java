package dev.parley.standalone;

import dev.parley.contract.MessagesContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@link MessagesContract} on the whole server. */
final class HttpMessagesTest extends MessagesContract {

    @TempDir
    private Path root;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(root, RunningServer.options(SETTINGS));
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
