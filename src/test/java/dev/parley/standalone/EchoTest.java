package dev.parley.standalone;

import static dev.parley.testing.RawWebSocket.BINARY;
import static dev.parley.testing.RawWebSocket.CONTINUATION;
import static dev.parley.testing.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EchoTest {

    private static final int MAX = 16 * 1024 * 1024;

    private RunningServer server;
    private RawWebSocket client;

    @BeforeEach
    void start(@TempDir Path root) throws IOException {
        server = new RunningServer(root);
        client = server.open("/echo");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 1_000_000, MAX})
    void aBinaryMessageComesBack(int length) throws IOException {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        CompletableFuture<Void> sent = sending(RawWebSocket.frame(true, BINARY, payload));

        RawWebSocket.Frame back = client.readMessage();

        assertThat(back.opcode()).isEqualTo(BINARY);
        assertThat(Arrays.equals(back.payload(), payload)).isTrue();
        sent.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void textComesBackWhereverItIsCut(int shift) throws IOException {
        String text = "x".repeat(shift) + "😀é大".repeat(1_800_000 / 9 * 5);
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Void> sent = sending(RawWebSocket.frame(true, TEXT, payload));

        RawWebSocket.Frame back = client.readMessage();

        assertThat(back.opcode()).isEqualTo(TEXT);
        assertThat(Arrays.equals(back.payload(), payload)).isTrue();
        sent.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 16_383, 16_384, 16_385})
    void textInFragmentsOfAnySizeComesBack(int size) throws IOException {
        byte[] payload = "😀é大x".repeat(size < 10 ? 20 : 20_000).getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            for (int at = 0; at < payload.length; at += size) {
                int end = Math.min(at + size, payload.length);
                send(RawWebSocket.frame(
                        end == payload.length, at == 0 ? TEXT : CONTINUATION, Arrays.copyOfRange(payload, at, end)));
            }
        });

        assertThat(client.readMessage().payload()).isEqualTo(payload);
        sent.join();
    }

    @Test
    void sixteenMebibytesInFragmentsComeBack() throws IOException {
        byte[] part = new byte[MAX / 16];
        new Random(1).nextBytes(part);
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 16; i++) {
                send(RawWebSocket.frame(i == 15, i == 0 ? BINARY : CONTINUATION, part));
            }
        });

        byte[] back = client.readMessage().payload();

        assertThat(back).hasSize(MAX);
        assertThat(Arrays.equals(back, MAX - part.length, MAX, part, 0, part.length))
                .isTrue();
        sent.join();
    }

    @Test
    void oneByteMoreClosesWith1009() throws IOException {
        CompletableFuture<Void> sent = sending(RawWebSocket.frame(true, BINARY, new byte[MAX + 1]));

        RawWebSocket.Frame close = client.readClose();

        assertThat(close.closeCode()).isEqualTo(1009);
        assertThat(close.closeReason()).contains(Integer.toString(MAX));
        sent.join();
        client.sendClose(1009, "");
        assertThat(client.readFrame()).isEmpty();
    }

    @Test
    void theLimitIsForEachMessageAndNotForAll() throws IOException {
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Void> sent = sending(RawWebSocket.frame(true, BINARY, new byte[MAX / 2 + 1]));
            assertThat(client.readMessage().payload()).hasSize(MAX / 2 + 1);
            sent.join();
        }
    }

    @Test
    void aMessageOfOneBlockComesBackAsOneFrame() throws IOException {
        client.sendText("x".repeat(FrameReader.BLOCK_BYTES));

        assertThat(client.readFrame().orElseThrow().fin()).isTrue();
    }

    @Test
    void aConnectionThatIsLostIsForgotten() throws Exception {
        client.sendText("here");
        client.readMessage();
        assertThat(server.webSockets()).isEqualTo(1);
        client.socket().setSoLinger(true, 0);
        client.close();
        server.awaitNoWebSockets();

        assertThat(server.webSockets()).isZero();
    }

    @Test
    void aConnectionThatIsLostGivesItsPlaceBack(@TempDir Path root) throws Exception {
        try (RunningServer small = new RunningServer(root, Map.of("maxConnections", "1"))) {
            for (int i = 0; i < 3; i++) {
                try (RawWebSocket only = small.open("/echo")) {
                    only.sendText("here");
                    assertThat(only.readMessage().text()).isEqualTo("here");
                    try (RawWebSocket surplus = small.open("/echo")) {
                        assertThat(surplus.readClose().closeCode()).isEqualTo(4100);
                    }
                    only.socket().setSoLinger(true, 0);
                }
                small.awaitNoWebSockets();
            }
        }
    }

    private CompletableFuture<Void> sending(byte[] frame) {
        return CompletableFuture.runAsync(() -> send(frame));
    }

    private void send(byte[] frame) {
        try {
            client.send(frame);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
