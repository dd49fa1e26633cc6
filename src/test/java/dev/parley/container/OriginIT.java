package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose pages may talk to this server. */
@ExtendWith(ArquillianExtension.class)
class OriginIT {

    private static final String FRIEND = "https://friend.example";

    @ArquillianResource
    private URL url;

    private URI base;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with("origins=" + FRIEND + ",http://other.example:8081");
    }

    @BeforeEach
    void here() {
        base = TestWar.base(url);
    }

    private int post(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("api/me"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Han\"}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String self() {
        return "http://localhost:" + base.getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "chat, https://evil.example",
        "chat/lobby, https://evil.example",
        "echo, https://evil.example",
        "chat/lobby, http://friend.example",
        "chat/lobby, https://friend.example.evil.example",
        "chat/lobby, http://localhost",
        "chat/lobby, http://other.example",
        "chat/lobby, null"
    })
    void foreignPageIsRefusedTheHandshake(String path, String origin) {
        assertThat(ChatClient.at(base, path).header("Origin", origin).refusal()).hasValue(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "chat/lobby", "echo"})
    void ourOwnPageAndThoseOfTheAllowListAreLetIn(String path) {
        for (String origin : new String[] {self(), FRIEND, "HTTPS://FRIEND.example", "http://other.example:8081"}) {
            assertThat(ChatClient.at(base, path).header("Origin", origin).refusal())
                    .as(origin)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "chat/lobby", "echo"})
    void whoIsNoBrowserNeedsNoOrigin(String path) {
        assertThat(ChatClient.at(base, path).refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example, 403", "null, 403", FRIEND + ", 200"})
    void pagesThatMayNotConnectMayNotPostEither(String origin, int status) throws Exception {
        assertThat(post("Origin", origin)).isEqualTo(status);
        assertThat(post("Origin", self())).isEqualTo(200);
        assertThat(post()).isEqualTo(200);
    }
}
