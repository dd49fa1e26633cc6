package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.CuttingProxy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** People with browsers, each in a room of the test's own. */
class PageIT extends Visits {

    /** As browsers tell of a key that went to an input method; Safari does so after the composition has ended. */
    private static final Map<String, Object> INPUT_METHODS_ENTER =
            Map.of("type", "rawKeyDown", "key", "Enter", "code", "Enter", "windowsVirtualKeyCode", 229);

    private final String room = "?room=" + UUID.randomUUID();
    private CuttingProxy proxy;

    @BeforeEach
    void lay() throws IOException {
        proxy = new CuttingProxy(site.address());
        open.push(proxy);
    }

    @Test
    void twoPeopleTalkAndNothingComplains() {
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.uri());

        alice.say("hello, are you there?");
        bob.awaitTexts(List.of("hello, are you there?"));
        bob.write("yes,", Keys.chord(Keys.SHIFT, Keys.ENTER), "在这里", Keys.ENTER);

        for (Visitor either : List.of(alice, bob)) {
            either.awaitTexts(List.of("hello, are you there?", "yes,\n在这里"));
            either.awaitStates("sent", "sent");
            assertThat(either.textOf("#count")).isEqualTo("2");
            assertThat(either.complaints()).isEmpty();
        }
    }

    @Test
    void whoWasCutOffMissesNothingAndDoublesNothing() {
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));
        alice.say("before");
        bob.awaitTexts(List.of("before"));

        proxy.cut();
        bob.awaitState("reconnecting");
        alice.say("missed 1");
        alice.say("missed 2");
        bob.say("offline 1");
        bob.say("offline 2");
        bob.awaitStates("sent", "pending", "pending");
        alice.awaitStates("sent", "sent", "sent");
        proxy.mend();

        List<String> all = List.of("before", "missed 1", "missed 2", "offline 1", "offline 2");
        bob.awaitTexts(all);
        bob.awaitStates("sent", "sent", "sent", "sent", "sent");
        alice.awaitTexts(all);
    }

    @Test
    void messageThatNeverArrivedIsSentAfterAReload() {
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));

        proxy.swallow();
        bob.say("kept");
        bob.awaitStates("pending");
        bob.write("half a sen");
        proxy.mend();
        bob.reload();

        bob.awaitTexts(List.of("kept"));
        bob.awaitStates("sent");
        alice.awaitTexts(List.of("kept"));
        assertThat(bob.draft()).isEqualTo("half a sen");
    }

    @Test
    void lostAcknowledgementDoesNotDoubleTheMessage() {
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.through(proxy.port()));

        proxy.swallowAnswers();
        bob.say("once");
        alice.awaitTexts(List.of("once"));
        bob.awaitStates("pending");
        proxy.mend();
        bob.awaitStates("sent");
        bob.say("and on");

        alice.awaitTexts(List.of("once", "and on"));
        bob.awaitTexts(List.of("once", "and on"));
    }

    @Test
    void reloadKeepsWhoOneIs() {
        Visitor alice = visit(site.uri());
        alice.say("mine");
        alice.awaitStates("sent");
        alice.reload();

        alice.awaitTexts(List.of("mine"));
        assertThat(alice.browser().findElements(By.cssSelector("#messages li.mine")))
                .hasSize(1);
        assertThat(alice.textOf("#count")).isEqualTo("1");
    }

    @Test
    void enterBelongsToTheInputMethodWhileItComposes() {
        Visitor alice = visit(site.uri());
        alice.browser().findElement(By.id("text")).click();

        alice.command("Input.imeSetComposition", Map.of("text", "ni hao", "selectionStart", 6, "selectionEnd", 6));
        alice.await("a composition", () -> alice.draft().equals("ni hao"));
        alice.command("Input.dispatchKeyEvent", INPUT_METHODS_ENTER);
        alice.command("Input.insertText", Map.of("text", "你好"));
        alice.await("the text", () -> alice.draft().equals("你好"));
        alice.command("Input.dispatchKeyEvent", INPUT_METHODS_ENTER);
        assertThat(alice.texts()).isEmpty();
        assertThat(alice.draft()).isEqualTo("你好");
        alice.write(Keys.ENTER);

        alice.awaitTexts(List.of("你好"));
    }

    @Test
    void markupIsShownAsItWasWritten() {
        String markup = "<img src=x onerror=document.title='owned'><b>no</b>";
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.uri());

        alice.rename("<i>Alice</i>");
        bob.await("the name", () -> bob.roster().contains("<i>Alice</i>"));
        alice.say(markup);

        bob.awaitTexts(List.of(markup));
        assertThat(bob.browser().findElements(By.cssSelector("#messages img, #messages b, main i, #side i")))
                .isEmpty();
        assertThat(bob.browser().getTitle()).doesNotContain("owned");
        assertThat(bob.complaints()).isEmpty();
    }

    @Test
    void newNameReachesTheOtherAndSurvivesAReload() {
        Visitor alice = visit(site.uri());
        Visitor bob = visit(site.uri());

        alice.rename("爱丽丝");
        bob.await("the name", () -> bob.roster().contains("爱丽丝"));
        alice.say("it is me");
        bob.awaitTexts(List.of("it is me"));
        assertThat(bob.textOf("#messages .author")).isEqualTo("爱丽丝");
        alice.reload();

        alice.await("the name", () -> alice.roster().contains("爱丽丝"));
        assertThat(alice.complaints()).isEmpty();
    }

    @Test
    void refusedNameIsSaidAndTheOldOneStays() {
        Visitor alice = visit(site.uri());
        String before = alice.roster().get(0);

        alice.rename("x".repeat(33));

        alice.await("the refusal", () -> alice.textOf("#name-said").equals("33 characters, at most 32"));
        alice.speak("zh");
        assertThat(alice.textOf("#name-said")).isEqualTo("已有 33 个字，最多 32 个字");
        assertThat(alice.roster()).containsExactly(before);
        alice.reload();
        alice.await("the old name", () -> alice.roster().equals(List.of(before)));
    }

    @Test
    void roomIsInTheAddressAndTheBackButtonLeadsBack() {
        Visitor alice = visit(site.uri());
        alice.say("in the first");
        alice.awaitStates("sent");
        String other = "他室-" + UUID.randomUUID();

        alice.browser().findElement(By.id("room")).clear();
        alice.browser().findElement(By.id("room")).sendKeys(other, Keys.ENTER);
        alice.await(
                "the empty room",
                () -> alice.texts().isEmpty() && alice.textOf("h1").contains(other));
        alice.say("in the second");
        alice.awaitStates("sent");
        Visitor bob = new Visitor(URI.create(alice.browser().getCurrentUrl()));
        open.push(bob);
        bob.awaitTexts(List.of("in the second"));
        alice.browser().navigate().back();

        alice.awaitTexts(List.of("in the first"));
    }

    @Test
    void olderMessagesComeWhenOneScrollsUp() {
        Visitor alice = visit(site.uri());
        for (int i = 1; i <= 60; i++) {
            alice.say("line " + i);
        }
        alice.await(
                "all sent", () -> alice.states().stream().filter("sent"::equals).count() == 60);
        alice.reload();
        alice.await("a page", () -> alice.texts().size() == 50);

        alice.browser().executeScript("document.querySelector('#log').scrollTop = 0");

        alice.await("the rest", () -> alice.texts().size() == 60);
        assertThat(alice.texts().get(0)).isEqualTo("line 1");
        assertThat((Number) alice.browser().executeScript("return document.querySelector('#log').scrollTop"))
                .extracting(Number::doubleValue)
                .satisfies(top -> assertThat(top).isGreaterThan(100));
    }

    private Visitor visit(URI page) {
        Visitor visitor = new Visitor(URI.create(page + room));
        open.push(visitor);
        return visitor;
    }
}
