package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contract.StreamsContract;
import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link StreamsContract} on the whole server. */
final class HttpStreamsTest extends StreamsContract {

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

    @Test
    void readerThatHangsUpIsNoticedWithoutAWrite() throws IOException {
        server.close();
        server = new RunningServer(root, Map.of("heartbeat", "60s", "linger", "0s"));
        HttpConnection watcher = http();
        watcher.send("GET " + room + "/events", "");
        watcher.readUntil("joined");
        HttpConnection stream = http();
        stream.send("GET " + room + "/events", "");
        stream.readUntil("joined");
        watcher.readUntil("\"count\":2");

        stream.close();

        assertThat(watcher.readUntil("\"count\":1")).contains("\"left\":[{");
    }

    @Test
    void streamsEndWithByeWhenTheServerStops() throws IOException {
        HttpConnection stream = http();
        stream.send("GET " + room + "/events", "");
        stream.readUntil("joined");
        new Thread(server::close).start();

        assertThat(stream.readUntil("\"type\":\"bye\"")).contains("\"code\":1001");
        assertThat(stream.readsEnd()).isTrue();
    }
}
