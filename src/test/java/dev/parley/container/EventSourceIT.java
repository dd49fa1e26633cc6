package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FaultyProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers of {@code events} that know nothing of Parley: they come back by themselves, as the HTML standard says. */
@ExtendWith(ArquillianExtension.class)
class EventSourceIT {

    private static final int READERS = 7;
    private static final int ROUNDS = 10;
    private static final int MESSAGES_EACH = 30;

    @ArquillianResource
    private URL url;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String room = "api/rooms/r-" + UUID.randomUUID();
    private final long seed =
            Optional.ofNullable(Long.getLong("parley.test.seed")).orElseGet(() -> new Random().nextLong());

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with("rate=0", "backlog=16");
    }

    @Test
    @Timeout(120)
    void readersThatResumeByThemselvesGetEverythingOnceOverALineThatBreaks() throws Exception {
        URI base = TestWar.base(url);
        var far = new InetSocketAddress(InetAddress.getByName(base.getHost()), base.getPort());
        try (FaultyProxy line = new FaultyProxy(far, seed)) {
            line.turn(true);
            URI stream = URI.create(
                    "http://127.0.0.1:" + line.port() + base.getPath() + room + "/events?after=" + start(base));
            List<EventReader> readers = Stream.generate(() -> new EventReader(stream))
                    .limit(READERS)
                    .toList();
            try {
                talk(base, line, readers);
                assertThat(readers).allSatisfy(EventSourceIT::hasEverythingOnce);
            } finally {
                readers.forEach(EventReader::close);
            }
        } catch (AssertionError | Exception e) {
            throw new AssertionError("-Dparley.test.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    /** The cursor of the empty room: who is cut before the first event begins there again. */
    private String start(URI base) throws Exception {
        HttpRequest newest =
                HttpRequest.newBuilder(base.resolve(room + "/messages")).build();
        return http.send(newest, BodyHandlers.ofString()).body().replaceAll(".*\"cursor\":\"([^\"]*)\".*", "$1");
    }

    /** In rounds: everybody has them, and then every line is cut that was not cut by itself. */
    private void talk(URI base, FaultyProxy line, List<EventReader> readers) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            List<CompletableFuture<HttpResponse<Void>>> sent = IntStream.rangeClosed(1, MESSAGES_EACH)
                    .mapToObj(i -> post(base, "消息 ".repeat(i)))
                    .toList();
            assertThat(sent)
                    .allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(201));
            for (EventReader reader : readers) {
                reader.await(round * MESSAGES_EACH);
            }
            line.turn(true);
        }
    }

    private CompletableFuture<HttpResponse<Void>> post(URI base, String text) {
        HttpRequest message = HttpRequest.newBuilder(base.resolve(room + "/messages"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        return http.sendAsync(message, BodyHandlers.discarding());
    }

    private static void hasEverythingOnce(EventReader reader) {
        List<Long> all =
                LongStream.rangeClosed(1, ROUNDS * MESSAGES_EACH).boxed().toList();
        assertThat(reader.seqs()).isEqualTo(all);
        assertThat(reader.streams()).as("streams").isGreaterThanOrEqualTo(ROUNDS);
    }
}
