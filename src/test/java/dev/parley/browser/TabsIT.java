package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

/** More tabs of one browser on Server-Sent Events than the six connections that it has for a host. */
class TabsIT extends Visits {

    private static final int TABS = 8;

    private final String room = UUID.randomUUID().toString();

    @Test
    void allTabsReceiveAndClosingTheOneThatLeadsLosesNothing() {
        URI page = URI.create(site.uri() + "?transport=sse&room=" + room);
        List<String> said = new ArrayList<>();
        try (Visitor alice = new Visitor(page);
                Visitor bob = new Visitor(page)) {
            List<String> tabs = new ArrayList<>(List.of(bob.browser().getWindowHandle()));
            while (tabs.size() < TABS) {
                bob.browser().switchTo().newWindow(WindowType.TAB);
                bob.browser().get(page.toString());
                bob.awaitWay("sse");
                tabs.add(bob.browser().getWindowHandle());
            }
            say(alice, said, "to all");
            eachHas(bob, tabs, said);

            while (tabs.size() > 1) {
                bob.browser().switchTo().window(tabs.remove(0));
                say(alice, said, "before " + tabs.size());
                bob.browser().close();
                say(alice, said, "after " + tabs.size());
                eachHas(bob, tabs, said);
            }
            bob.say("the last one");
            said.add("the last one");
            alice.awaitTexts(said);
            assertThat(bob.complaints()).isEmpty();
        }
    }

    private static void say(Visitor speaker, List<String> said, String text) {
        speaker.say(text);
        said.add(text);
        speaker.awaitTexts(said);
    }

    private static void eachHas(Visitor visitor, List<String> tabs, List<String> said) {
        for (String tab : tabs) {
            visitor.browser().switchTo().window(tab);
            visitor.awaitTexts(said);
        }
    }
}
