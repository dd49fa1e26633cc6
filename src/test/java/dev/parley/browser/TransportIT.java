package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RefusingProxy;
import dev.parley.testing.RefusingProxy.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations where not everything passes, and the lab, where everything is compared. */
class TransportIT {

    @TempDir
    static Path data;

    private static Site site;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final String room = "?room=" + UUID.randomUUID();
    private RefusingProxy proxy;

    @BeforeAll
    static void start() throws IOException {
        site = Site.start(data);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void lay() throws IOException {
        proxy = new RefusingProxy(site.address());
        open.push(proxy);
    }

    @AfterEach
    void leave() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void whereTheUpgradeIsRefusedThePageListensToEvents() {
        proxy.refuse(Kind.UPGRADE);
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));

        bob.awaitWay("sse");
        assertThat(bob.textOf("#way")).isEqualTo("SSE – WebSocket was refused");
        talk(alice, bob, new ArrayList<>());
        alice.rename("Alice");
        bob.await("the name", () -> bob.roster().contains("Alice"));
    }

    @Test
    void whereEventsAreRefusedTooItPollsLong() {
        proxy.refuse(Kind.UPGRADE, Kind.EVENTS);
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));

        bob.awaitWay("longpoll");
        talk(alice, bob, new ArrayList<>());
        alice.await("both are there", () -> alice.roster().size() == 2);
    }

    @Test
    void whatIsTakenAndNeverAnsweredIsGivenUpAfterThreeSeconds() {
        proxy.ignore(Kind.UPGRADE, Kind.EVENTS);
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));

        bob.awaitWay("longpoll");
        assertThat(bob.textOf("#way")).contains("WebSocket did not open within 3 s", "SSE brought nothing within 3 s");
        talk(alice, bob, new ArrayList<>());
    }

    @Test
    void whatWorkedIsWhereTheNextPageOfTheTabBegins() {
        proxy.ignore(Kind.UPGRADE);
        Visitor bob = visit(site.through(proxy.port()));
        bob.awaitWay("sse");

        long begun = System.nanoTime();
        bob.reload();

        bob.awaitWay("sse");
        assertThat(bob.textOf("#way")).isEqualTo("SSE – WebSocket did not open within 3 s");
        assertThat(System.nanoTime() - begun).isLessThan(3_000_000_000L);
    }

    @Test
    void climbsBackInTheMiddleOfTheTalk() {
        proxy.refuse(Kind.UPGRADE);
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));
        bob.awaitWay("sse");
        proxy.refuse();

        List<String> said = new ArrayList<>();
        bob.await("WebSocket", () -> {
            talk(alice, bob, said);
            return bob.textOf("#way").equals("WebSocket");
        });
        talk(alice, bob, said);
    }

    @Test
    void conversationOutlivesAChangeOfTransportAtEveryStep() {
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));
        List<String> said = new ArrayList<>();
        bob.awaitWay("websocket");
        talk(alice, bob, said);

        proxy.refuse(Kind.UPGRADE);
        talk(alice, bob, said);
        bob.awaitWay("sse");
        proxy.refuse(Kind.UPGRADE, Kind.EVENTS);
        talk(alice, bob, said);
        bob.awaitWay("longpoll");
        proxy.refuse(Kind.UPGRADE, Kind.EVENTS, Kind.LONG_POLLS);
        talk(alice, bob, said);
        bob.awaitWay("poll");
        talk(alice, bob, said);
        proxy.refuse(Kind.UPGRADE);
        bob.browser().executeScript("dispatchEvent(new Event('online'))");
        bob.awaitWay("sse");
        talk(alice, bob, said);
        proxy.refuse();
        bob.browser().executeScript("dispatchEvent(new Event('online'))");
        bob.awaitWay("websocket");
        talk(alice, bob, said);
    }

    @Test
    void addressForcesATransportAndAllUnderstandEachOther() {
        List<Visitor> four = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (String way : List.of("websocket", "sse", "longpoll", "poll")) {
            Visitor visitor = visit(site.uri(), "&transport=" + way);
            visitor.awaitWay(way);
            visitor.say("by " + way);
            visitor.await("sent", () -> visitor.states().contains("sent"));
            four.add(visitor);
            said.add("by " + way);
        }

        for (Visitor visitor : four) {
            visitor.awaitTexts(said);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void labReceivesEveryMessageOnceInEachWay() {
        Visitor visitor = new Visitor(URI.create(site.uri() + "lab.html"), "#ways .way");
        open.push(visitor);

        visitor.browser().executeScript("document.querySelector('#count').value = 20");
        visitor.browser().executeScript("document.querySelector('#run').click()");

        visitor.await("the end", () -> visitor.textOf("#progress").startsWith("Done"));
        for (String way : List.of("poll", "longpoll", "iframe", "sse", "websocket")) {
            assertThat(visitor.textOf("[data-way=" + way + "] [data-figure=received]"))
                    .as(way)
                    .isEqualTo("20");
        }
        assertThat(visitor.complaints()).isEmpty();
    }

    /** Each says something, and both see all that was {@code said} once and in its order. */
    private static void talk(Visitor alice, Visitor bob, List<String> said) {
        for (Visitor speaker : List.of(alice, bob)) {
            String text = (speaker == alice ? "alice " : "bob ") + said.size();
            speaker.say(text);
            said.add(text);
            alice.awaitTexts(said);
            bob.awaitTexts(said);
        }
    }

    private Visitor visit(URI page, String... more) {
        Visitor visitor = new Visitor(URI.create(page + room + String.join("", more)));
        open.push(visitor);
        return visitor;
    }
}
