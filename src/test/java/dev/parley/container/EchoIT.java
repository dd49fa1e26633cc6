package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contract.HttpEchoContract;
import dev.parley.testing.ChatClient;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /echo}, frame by frame, and over HTTP. */
@ExtendWith(ArquillianExtension.class)
class EchoIT extends HttpEchoContract {

    private static final int MAX_BYTES = 16 << 20;

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with();
    }

    @Override
    protected URI base() {
        return TestWar.base(url);
    }

    private RawWebSocket open() throws IOException {
        return RawWebSocket.open("localhost", base().getPort(), base().getPath() + "echo");
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        return bytes;
    }

    @Test
    void textAndBinaryComeBackAsTheyWere() throws IOException {
        try (RawWebSocket client = open()) {
            client.sendText("Grüße, 李雷 🎈");
            assertThat(client.readMessage().text()).isEqualTo("Grüße, 李雷 🎈");

            client.sendText("");
            RawWebSocket.Frame empty = client.readMessage();
            assertThat(empty.opcode()).isEqualTo(RawWebSocket.TEXT);
            assertThat(empty.payload()).isEmpty();

            byte[] bytes = {0, (byte) 0xFF, (byte) 0x80, 7};
            client.sendFrame(true, RawWebSocket.BINARY, bytes);
            RawWebSocket.Frame binary = client.readMessage();
            assertThat(binary.opcode()).isEqualTo(RawWebSocket.BINARY);
            assertThat(binary.payload()).isEqualTo(bytes);
        }
    }

    @Test
    void pingIsAnsweredWithItsPayloadEvenBetweenFragments() throws IOException {
        try (RawWebSocket client = open()) {
            client.sendFrame(false, RawWebSocket.TEXT, "half ".getBytes(StandardCharsets.UTF_8));
            client.sendFrame(true, RawWebSocket.PING, "still there?".getBytes(StandardCharsets.UTF_8));
            client.sendFrame(true, RawWebSocket.CONTINUATION, "whole".getBytes(StandardCharsets.UTF_8));

            StringBuilder text = new StringBuilder();
            String pong = "";
            boolean last = false;
            while (!last || pong.isEmpty()) {
                RawWebSocket.Frame frame = client.readFrame().orElseThrow();
                if (frame.opcode() == RawWebSocket.PONG) {
                    pong = frame.text();
                } else {
                    text.append(frame.text());
                    last = frame.fin();
                }
            }
            assertThat(pong).isEqualTo("still there?");
            assertThat(text.toString()).isEqualTo("half whole");
        }
    }

    @ParameterizedTest
    @CsvSource({"chat,chat", "superchat,superchat", "'other, superchat, chat',superchat", "'chat, superchat',chat"})
    void firstKnownSubprotocolOfTheClientsIsChosen(String offered, String chosen) {
        String[] protocols = offered.split(", ");
        try (ChatClient client =
                ChatClient.at(base(), "echo").offering(protocols).open()) {
            assertThat(client.subprotocol()).isEqualTo(chosen);
            client.send("hello");
            assertThat(client.nextText()).isEqualTo("hello");
        }
    }

    @Test
    void unknownSubprotocolIsNotChosen() throws IOException {
        try (RawWebSocket client = new RawWebSocket("localhost", base().getPort())) {
            RawWebSocket.Response answer =
                    client.handshake(base().getPath() + "echo", "Sec-WebSocket-Protocol: other, none");

            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers()).doesNotContainKey("Sec-WebSocket-Protocol");
        }
    }

    @Test
    void noExtensionIsNegotiated() throws IOException {
        try (RawWebSocket client = new RawWebSocket("localhost", base().getPort())) {
            RawWebSocket.Response answer =
                    client.handshake(base().getPath() + "echo", "Sec-WebSocket-Extensions: permessage-deflate");

            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.headers().getOrDefault("Sec-WebSocket-Extensions", ""))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 1000", "2, 1000"})
    void largestMessageComesBackWholeOrInFragments(int opcode, int fragments) throws Exception {
        byte[] message = pattern(MAX_BYTES);
        try (RawWebSocket client = open()) {
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> send(client, opcode, message, fragments));

            RawWebSocket.Frame echoed = client.readMessage();

            assertThat(echoed.opcode()).isEqualTo(opcode);
            assertThat(Arrays.equals(echoed.payload(), message)).isTrue();
            sending.join();
        }
    }

    private static void send(RawWebSocket client, int opcode, byte[] message, int fragments) {
        try {
            for (int i = 0; i < fragments; i++) {
                int from = (int) ((long) message.length * i / fragments);
                int to = (int) ((long) message.length * (i + 1) / fragments);
                client.sendFrame(
                        i == fragments - 1,
                        i == 0 ? opcode : RawWebSocket.CONTINUATION,
                        Arrays.copyOfRange(message, from, to));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1, 17", "2, 17"})
    void messageOneByteLongerIsRefusedWith1009(int opcode, int fragments) throws Exception {
        try (RawWebSocket client = open()) {
            byte[] message = pattern(MAX_BYTES + 1);
            // The server may stop reading before the end
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> send(client, opcode, message, fragments));

            assertThat(client.readClose().closeCode()).isEqualTo(1009);
            client.socket().close();
            sending.exceptionally(cut -> null).join();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, done", "1001, ''", "3000, 再见", "4321, mine"})
    void closeIsAnsweredWithItsOwnCodeAndReason(int code, String reason) throws IOException {
        try (RawWebSocket client = open()) {
            client.sendClose(code, reason);

            RawWebSocket.Frame close = client.readClose();

            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(close.closeReason()).isEqualTo(reason);
            assertThat(client.readsEnd()).isTrue();
        }
    }

    @Test
    void textThatIsNotUtf8Closes() throws IOException {
        try (RawWebSocket client = open()) {
            client.sendFrame(true, RawWebSocket.TEXT, new byte[] {(byte) 0xC3, 0x28});

            assertThat(client.readClose().closeCode()).isEqualTo(1007);
        }
    }
}
