package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.AlteringProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The proxy doctor, behind proxies that do what it looks for. */
class DoctorIT extends Visits {

    private AlteringProxy proxy;

    @BeforeEach
    void lay() throws IOException {
        proxy = new AlteringProxy(site.address());
        open.push(proxy);
    }

    @Test
    void nothingIsFoundWhereEverythingPasses() {
        Visitor visitor = examine();

        assertThat(verdicts(visitor)).containsExactly("fine", "fine", "fine", "fine");
        assertThat(visitor.browser().findElement(By.id("doctor-cure")).isDisplayed())
                .isFalse();
        assertThat(visitor.complaints()).isEmpty();
    }

    @Test
    void lostUpgradeIsFound() {
        proxy.changeHeads(head -> head.replaceAll("(?im)^upgrade:.*\r\n", ""));

        Visitor visitor = examine();

        assertThat(verdicts(visitor)).containsExactly("fine", "found", "fine", "fine");
        assertThat(visitor.textOf("[data-check=upgrade]")).contains("Lost on the way: Upgrade: websocket");
        assertThat(marked(visitor)).contains("proxy_set_header Upgrade $http_upgrade;");
    }

    @Test
    void upgradeWithoutItsConnectionIsFound() {
        proxy.changeHeads(head -> head.replaceAll("(?im)^connection: upgrade", "Connection: close"));

        Visitor visitor = examine();

        assertThat(verdicts(visitor)).containsExactly("fine", "found", "fine", "fine");
        assertThat(visitor.textOf("[data-check=upgrade]")).contains("Connection: Upgrade");
    }

    @Test
    void bufferingIsFound() {
        proxy.collect();

        Visitor visitor = examine();

        assertThat(verdicts(visitor)).containsExactly("found", "fine", "fine", "fine");
        assertThat(visitor.textOf("[data-check=buffering]")).contains("also where the server asks it not to");
        assertThat(marked(visitor)).containsExactly("proxy_buffering off;");
    }

    @Test
    void cutOfWhatIsSilentIsFoundWithItsTime() {
        proxy.cutIdle(Duration.ofMillis(1_200));

        Visitor visitor = examine();

        assertThat(verdicts(visitor)).containsExactly("fine", "fine", "fine", "found");
        assertThat(visitor.textOf("[data-check=idle]"))
                .containsPattern("silent stream was cut after 1\\.[0-9] s")
                .containsPattern("silent WebSocket was cut after 1\\.[0-9] s");
        assertThat(marked(visitor)).containsExactly("proxy_read_timeout 75s;");
    }

    @Test
    void wrongSchemeIsFound() {
        proxy.changeHeads(head -> head.replaceFirst("\r\n", "\r\nX-Forwarded-Proto: https\r\n"));

        Visitor visitor = examine();

        assertThat(verdicts(visitor)).startsWith("fine", "fine", "found", "fine");
        assertThat(visitor.textOf("[data-check=headers]")).contains("the server believes https");
        assertThat(marked(visitor)).contains("proxy_set_header X-Forwarded-Proto $scheme;");
    }

    @Test
    void changedHostIsFoundAndWhatComesOfIt() {
        proxy.changeHeads(head -> head.replaceFirst("(?im)^host:.*$", "Host: inside.test"));

        Visitor visitor = examine();

        assertThat(verdicts(visitor)).containsExactly("fine", "found", "found", "fine");
        assertThat(visitor.textOf("[data-check=upgrade]")).contains("the Host that came to the server is inside.test");
        assertThat(visitor.textOf("[data-check=headers]"))
                .contains("the Origin http://127.0.0.1:" + proxy.port() + " is refused");
        assertThat(marked(visitor)).contains("proxy_set_header Host $http_host;");
    }

    @Test
    void whoStopsItIsToldHowFarItCame() {
        Visitor visitor = new Visitor(
                URI.create(site.through(proxy.port()) + "lab.html?silence=120"), "#doctor [data-check=idle]");
        open.push(visitor);
        visitor.browser().executeScript("document.querySelector('#doctor-examine').click()");
        visitor.await("the silence", () -> visitor.textOf("#doctor-progress").startsWith("Keeping silent"));

        visitor.browser().executeScript("document.querySelector('#doctor-stop').click()");

        awaitEnd(visitor);
        assertThat(verdicts(visitor)).containsExactly("fine", "fine", "fine", "unknown");
        assertThat(visitor.textOf("[data-check=idle]")).contains("nothing was cut until then");
    }

    private Visitor examine() {
        Visitor visitor = new Visitor(
                URI.create(site.through(proxy.port()) + "lab.html?silence=0.5,1,3"), "#doctor [data-check=idle]");
        open.push(visitor);
        visitor.browser().executeScript("document.querySelector('#doctor-examine').click()");
        awaitEnd(visitor);
        return visitor;
    }

    private static void awaitEnd(Visitor visitor) {
        visitor.await("the end", () -> visitor.textOf("#doctor-progress").equals("Examined."));
    }

    /** In the order in which they stand: buffering, the Upgrade, the headers, silence. */
    private static List<String> verdicts(Visitor visitor) {
        return visitor.browser().findElements(By.cssSelector("#doctor .check")).stream()
                .map(check -> String.valueOf(check.getDomAttribute("data-verdict")))
                .toList();
    }

    /** The lines for nginx that mend something. */
    private static List<String> marked(Visitor visitor) {
        return visitor.textOf("#doctor-lines")
                .lines()
                .filter(line -> line.contains("#"))
                .map(line -> line.substring(0, line.indexOf('#')).strip())
                .toList();
    }
}
