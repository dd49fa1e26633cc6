package dev.parley.standalone;

import static dev.parley.testing.RawWebSocket.BINARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlowClientTest {

    private static final int SMALL_BUFFER = 4096;

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path root) throws IOException {
        server = new RunningServer(root, Duration.ofSeconds(1), HttpDeadlines.LIMIT);
        FloodEndpoint.SENT.set(0);
        FloodEndpoint.closed = new CountDownLatch(1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void echoClientsThatDoNotReadHoldUpNobodyAndAreStoppedFromSending() throws Exception {
        List<RawWebSocket> slow = new ArrayList<>();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            RawWebSocket client = new RawWebSocket(RunningServer.HOST, server.port(), SMALL_BUFFER);
            client.handshake("/echo");
            slow.add(client);
            Thread sender = new Thread(() -> sendUntilCut(client));
            sender.start();
            senders.add(sender);
        }
        try (RawWebSocket quick = server.open("/echo")) {
            for (int i = 0; i < 100; i++) {
                quick.sendText("still there? " + i);
                assertThat(quick.readMessage().text()).isEqualTo("still there? " + i);
            }
        }
        for (Thread sender : senders) {
            sender.join(20_000);
            assertThat(sender.isAlive()).isFalse();
        }
        server.awaitNoWebSockets();
        for (RawWebSocket client : slow) {
            client.close();
        }
    }

    private static void sendUntilCut(RawWebSocket client) {
        byte[] frame = RawWebSocket.frame(true, BINARY, new byte[64 * 1024]);
        try {
            while (!client.socket().isClosed()) {
                client.send(frame);
            }
        } catch (IOException cut) {
            // What the test waits for.
        }
    }

    @Test
    void anAsynchronousSenderIsHeldBackAndThenTheConnectionIsReset() throws Exception {
        try (RawWebSocket client = new RawWebSocket(RunningServer.HOST, server.port(), SMALL_BUFFER)) {
            client.handshake("/flood");

            assertThat(FloodEndpoint.closed.await(20, TimeUnit.SECONDS)).isTrue();
            long sent = (long) FloodEndpoint.SENT.get() * FloodEndpoint.MESSAGE_CHARS;
            assertThat(sent).isLessThan(16 * 1024 * 1024);
            server.awaitNoWebSockets();
        }
    }

    @Test
    void anAsynchronousSenderGoesOnWhenTheClientReads() throws Exception {
        try (RawWebSocket client = server.open("/flood")) {
            for (int i = 0; i < 2000; i++) {
                assertThat(client.readFrame().orElseThrow().payload()).hasSize(FloodEndpoint.MESSAGE_CHARS);
            }
        }
    }

    @Test
    void aClientThatDoesNotAnswerACloseIsCutAllTheSame() throws IOException {
        try (RawWebSocket client = server.open("/chat/no%20spaces")) {
            client.readMessage();

            assertThat(client.readClose().closeCode()).isEqualTo(4001);
            assertThat(client.readFrame()).isEmpty();
        }
    }

    @Test
    void anIdleConnectionLives() throws IOException {
        try (RawWebSocket client = server.open("/echo")) {
            client.socket().setSoTimeout(4000);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(client::readFrame))
                    .isInstanceOf(SocketTimeoutException.class);
            client.sendText("here");
            assertThat(client.readMessage().text()).isEqualTo("here");
        }
    }
}
