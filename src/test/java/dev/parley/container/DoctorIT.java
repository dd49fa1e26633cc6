package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the proxy doctor is told, in a container. */
@ExtendWith(ArquillianExtension.class)
class DoctorIT {

    @ArquillianResource
    private URL url;

    private URI doctor;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with();
    }

    @BeforeEach
    void here() {
        doctor = TestWar.base(url).resolve("api/lab/doctor/");
    }

    @Test
    void handshakeIsToldAsItCame() throws IOException {
        String socket = doctor.getPath() + "socket?token=";
        try (RawWebSocket ours = RawWebSocket.open("localhost", doctor.getPort(), socket + "a", "Via: 1.1 proxy");
                RawWebSocket foreign =
                        RawWebSocket.open("localhost", doctor.getPort(), socket + "b", "Origin: https://chat.test");
                HttpConnection lost = client()) {
            ours.sendText("hi");
            assertThat(ours.readMessage().text()).isEqualTo("hi");
            assertThat(foreign.readClose().closeCode()).isEqualTo(4003);
            assertThat(lost.ask("GET " + socket + "c", "").status()).isEqualTo(426);
        }

        assertThat(ask("handshake?token=a")).contains("\"upgraded\":true", "\"via\":\"1.1 proxy\"");
        assertThat(ask("handshake?token=b")).contains("\"upgraded\":true", "\"origin\":\"https://chat.test\"");
        assertThat(ask("handshake?token=c")).contains("\"upgraded\":false");
    }

    @Test
    void streamComesInItsPieces() throws IOException {
        try (HttpConnection stream = client()) {
            stream.send("GET " + doctor.getPath() + "stream?count=2&every=130000", "");

            assertThat(stream.readHead().header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.readUntil("\"n\":0")).contains("\"at\":");
        }
        try (HttpConnection stream = client()) {
            stream.send("GET " + doctor.getPath() + "stream?count=3&every=10", "", "Connection: close");

            assertThat(stream.readUntil("\"n\":2")).contains("\"at\":");
            assertThat(stream.readsEnd()).isTrue();
        }
    }

    private String ask(String path) throws IOException {
        try (HttpConnection client = client()) {
            return client.ask("GET " + doctor.getPath() + path, "").text();
        }
    }

    private HttpConnection client() throws IOException {
        return new HttpConnection("localhost", doctor.getPort(), 0);
    }
}
