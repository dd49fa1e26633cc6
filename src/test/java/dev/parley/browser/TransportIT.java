package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RefusingProxy;
import dev.parley.testing.RefusingProxy.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;

/** Conversations where not everything passes, and the lab, where everything is compared. */
class TransportIT extends Visits {

    private final String room = "?room=" + UUID.randomUUID();
    private RefusingProxy proxy;

    @BeforeEach
    void lay() throws IOException {
        proxy = new RefusingProxy(site.address());
        open.push(proxy);
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
        assertThat(bob.textOf("#way")).contains("WebSocket was refused", "SSE was refused");
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

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("sse", new Kind[] {Kind.UPGRADE}),
                Arguments.of("longpoll", new Kind[] {Kind.UPGRADE, Kind.EVENTS}),
                Arguments.of("poll", new Kind[] {Kind.UPGRADE, Kind.EVENTS, Kind.LONG_POLLS}));
    }

    /** Both speak all the while and wait for nobody, so that some of it falls into the change. */
    @ParameterizedTest
    @MethodSource("refusals")
    void climbsBackInTheMiddleOfTheTalk(String way, Kind... refused) {
        proxy.refuse(refused);
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));
        bob.awaitWay(way);
        proxy.refuse();

        List<String> said = new ArrayList<>();
        bob.await("WebSocket", () -> {
            said.add("alice " + said.size());
            alice.say(said.get(said.size() - 1));
            said.add("bob " + said.size());
            bob.say(said.get(said.size() - 1));
            return bob.textOf("#way").equals("WebSocket");
        });

        for (Visitor visitor : List.of(alice, bob)) {
            visitor.await(
                    "all that was said",
                    () -> visitor.texts().size() >= said.size()
                            && Set.of("sent").containsAll(visitor.states()));
        }
        assertThat(bob.texts()).containsExactlyInAnyOrderElementsOf(said);
        assertThat(alice.texts()).isEqualTo(bob.texts());
        talk(alice, bob, new ArrayList<>(bob.texts()));
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

    @Test
    void labCountsAtTheServerAndLosesNothingWhenItsLinesAreDropped() {
        Visitor visitor = new Visitor(URI.create(site.uri() + "lab.html"), "#ways .way");
        open.push(visitor);

        visitor.browser().executeScript("document.querySelector('#count').value = 60");
        visitor.browser().executeScript("document.querySelector('#run').click()");
        visitor.await("some messages", () -> visitor.textOf("#progress").matches("Sent [1-9]\\d of 60"));
        visitor.browser().executeScript("document.querySelector('#trouble [value=drop]').click()");

        visitor.await("the end", () -> visitor.textOf("#progress").startsWith("Done"));
        assertThat(visitor.textOf("#counted")).contains("counted by the server where it reads and writes TCP");
        assertThat(visitor.textOf("#cpu")).contains("300 messages received");
        for (String way : List.of("poll", "longpoll", "iframe", "sse", "websocket")) {
            assertThat(figure(visitor, way, "received")).as(way).isEqualTo("60");
            assertThat(figure(visitor, way, "missing")).as(way).isEqualTo("0");
            assertThat(figure(visitor, way, "doubled")).as(way).isEqualTo("0");
            assertThat(visitor.browser()
                            .findElements(By.cssSelector("#troubles ." + way + "[data-kind=drop][data-whole=true]")))
                    .as(way)
                    .hasSize(1);
        }
        for (String way : List.of("iframe", "sse", "websocket")) {
            assertThat(figure(visitor, way, "requests")).as(way).isEqualTo("2");
            assertThat(figure(visitor, way, "reopened")).as(way).isEqualTo("1");
        }
    }

    private static String figure(Visitor visitor, String way, String name) {
        return visitor.textOf("[data-way=" + way + "] [data-figure=" + name + "]");
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
