package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Nginx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page behind nginx, with the sites of the README. */
class PageBehindNginxIT extends Visits {

    @TempDir
    private Path folder;

    @Test
    void pageTalksOverEventsBehindTheShortestSiteAndSaysWhy() throws IOException {
        talkThrough(Nginx.sites().get(0), "sse", "SSE – WebSocket was refused");
    }

    @Test
    void pageTalksOverWebSocketBehindTheWholeOne() throws IOException {
        talkThrough(Nginx.sites().get(1), "websocket", "WebSocket");
    }

    private void talkThrough(String block, String way, String shown) throws IOException {
        String room = "?room=" + UUID.randomUUID();
        try (Nginx nginx = Nginx.start(folder, block, site.uri());
                Visitor alice = new Visitor(nginx.base().resolve(room));
                Visitor bob = new Visitor(site.uri().resolve(room))) {
            alice.awaitWay(way);
            assertThat(alice.textOf("#way")).isEqualTo(shown);
            alice.say("one");
            bob.awaitTexts(List.of("one"));
            bob.say("two");
            alice.awaitTexts(List.of("one", "two"));
            alice.awaitStates("sent", "sent");
        }
    }
}
