package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.CuttingProxy;
import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** A room that would rather skip than wait, and a reader on a line that stood still. */
class GapIT {

    /** With 20,000 characters in each, more than what the buffers of two TCP connections take. */
    private static final int MESSAGES = 500;

    /** A browser takes long to lay so much text out. */
    private static final String HIDE_TEXTS =
            "document.styleSheets[0].insertRule('#messages [data-state] .text { display: none }')";

    private static final String FIRST_WORDS = "return [...document.querySelectorAll('#messages li[data-state] .text')]"
            + ".map(text => text.textContent.split(' ')[0])";

    @TempDir
    Path data;

    @Test
    void whatASlowLineLeftOutCanBeLoaded() throws Exception {
        String room = UUID.randomUUID().toString();
        try (Site site = Site.start(
                        data,
                        "--gapRooms",
                        "*",
                        "--slowLag",
                        "5",
                        "--backlog",
                        "2",
                        "--maxTextChars",
                        "20000",
                        "--rate",
                        "0",
                        "--writeTimeout",
                        "60s");
                CuttingProxy proxy = new CuttingProxy(site.address());
                Visitor bob = new Visitor(URI.create(site.through(proxy.port()) + "?room=" + room))) {
            send(site, room, 1);
            bob.await("the first", () -> bob.texts().size() == 1);
            bob.browser().executeScript(HIDE_TEXTS);

            proxy.hold();
            for (int n = 2; n <= MESSAGES; n++) {
                send(site, room, n);
            }
            proxy.release();

            bob.await(
                    "the gap",
                    () -> !bob.browser()
                            .findElements(By.cssSelector("#messages .gap[data-reason=slow] .load"))
                            .isEmpty());
            assertThat(bob.textOf("#messages .gap")).contains("were left out");
            assertThat(numbers(bob)).hasSizeLessThan(MESSAGES);
            bob.await("the end of the gap", () -> {
                bob.browser().executeScript("document.querySelector('#messages .gap .load')?.click()");
                return bob.browser()
                        .findElements(By.cssSelector("#messages .gap"))
                        .isEmpty();
            });
            assertThat(numbers(bob))
                    .isEqualTo(IntStream.rangeClosed(1, MESSAGES)
                            .mapToObj(String::valueOf)
                            .toList());
        }
    }

    private static void send(Site site, String room, int n) throws IOException {
        String text = n + " " + "x".repeat(19_990);
        try (HttpConnection sender =
                new HttpConnection(site.uri().getHost(), site.uri().getPort(), 0)) {
            var answer = sender.ask("POST /api/rooms/" + room + "/messages", text, "Content-Type: text/plain");
            assertThat(answer.status()).isEqualTo(201);
        }
    }

    private static List<String> numbers(Visitor visitor) {
        return visitor.browser().executeScript(FIRST_WORDS) instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
    }
}
