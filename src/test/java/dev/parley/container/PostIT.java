package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies, in the pieces in which they come. */
@ExtendWith(ArquillianExtension.class)
class PostIT {

    private static final int AT_ONCE = 8;
    private static final int CONNECTIONS = 40;

    /** Containers close a connection after some 100 requests. */
    private static final int PAIRS_EACH = 40;

    private static final String BODY = "{\"name\":\"Han\"}";

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with("rate=0");
    }

    /** Where the end of a body was told twice, it was one answer of some hundred that was lost. */
    @Test
    void bodyThatComesAfterItsHeadDoesNotCostTheNextAnswer() throws Exception {
        URI base = TestWar.base(url);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(threads.submit(() -> {
                    talk(base);
                    return true;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void talk(URI base) throws Exception {
        String head = "POST " + base.getPath() + "api/me HTTP/1.1\r\nHost: localhost:" + base.getPort()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n";
        try (HttpConnection connection = new HttpConnection(base.getHost(), base.getPort(), 0)) {
            for (int i = 0; i < PAIRS_EACH; i++) {
                connection.sendRaw(head);
                connection.sendRaw(BODY);
                assertThat(connection.readAnswer(false).status()).isEqualTo(200);
                assertThat(connection
                                .ask("GET " + base.getPath() + "api/rooms/lobby/messages", "")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void bodyIsTakenWholeInPartsOrNotThereAtAll() throws Exception {
        URI base = TestWar.base(url);
        String path = "POST " + base.getPath() + "echo";
        try (HttpConnection connection = new HttpConnection(base.getHost(), base.getPort(), 0)) {
            assertThat(connection.ask(path, "", "Content-Type: text/plain").text())
                    .isEmpty();
            assertThat(connection.ask(path, "whole", "Content-Type: text/plain").text())
                    .isEqualTo("whole");
            connection.sendRaw(path + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nchu\r\n");
            connection.sendRaw("4\r\nnked\r\n");
            connection.sendRaw("0\r\n\r\n");
            assertThat(connection.readAnswer(false).text()).isEqualTo("chunked");
        }
    }
}
