package dev.parley.browser;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Somebody with a browser of their own on the page, and what they can see there. Confined to the test's thread. */
final class Visitor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TEXTS =
            "return [...document.querySelectorAll('#messages li[data-state]')].map(l => l.querySelector('.text').textContent)";
    private static final String STATES =
            "return [...document.querySelectorAll('#messages li[data-state]')].map(l => l.dataset.state)";
    private static final String WATCH_POLICY =
            "window.violations = []; addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective"
                    + " + ' ' + e.blockedURI));";

    private final ChromeDriver driver;

    /** Opens a browser with a fresh profile on {@code page}, and waits until it is online. */
    Visitor(URI page) {
        this(page, "#status[data-state=online]");
    }

    /** The same on a page that is ready when it has something of {@code awaited}. */
    Visitor(URI page, String awaited) {
        driver = new ChromeDriver(service(), options());
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH_POLICY));
        driver.get(page.toString());
        await(awaited, () -> !driver.findElements(By.cssSelector(awaited)).isEmpty());
    }

    private static ChromeDriverService service() {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        new File(System.getProperty("parley.test.chromedriver", "/usr/bin/chromedriver")))
                .build();
    }

    private static ChromeOptions options() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(System.getProperty("parley.test.chromium", "/usr/bin/chromium"))
                .addArguments(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--lang=en-US",
                        "--window-size=1000,700");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options;
    }

    ChromeDriver browser() {
        return driver;
    }

    /** A command of the Chrome DevTools Protocol. */
    void command(String name, Map<String, Object> parameters) {
        driver.executeCdpCommand(name, parameters);
    }

    void reload() {
        driver.navigate().refresh();
        awaitState("online");
    }

    void write(CharSequence... keys) {
        driver.findElement(By.cssSelector("#composer textarea")).sendKeys(keys);
    }

    void say(String text) {
        write(text, Keys.ENTER);
    }

    void rename(String name) {
        WebElement input = driver.findElement(By.id("name"));
        input.clear();
        input.sendKeys(name, Keys.ENTER);
    }

    /** Chooses another language. */
    void speak(String language) {
        driver.executeScript(
                "const box = document.querySelector('#language'); box.value = arguments[0];"
                        + "box.dispatchEvent(new Event('change'))",
                language);
    }

    /** The messages from top to bottom, sent or not. */
    List<String> texts() {
        return strings(TEXTS);
    }

    List<String> states() {
        return strings(STATES);
    }

    List<String> roster() {
        return strings("return [...document.querySelectorAll('#roster li bdi')].map(n => n.textContent)");
    }

    String draft() {
        return String.valueOf(driver.executeScript("return document.querySelector('#text').value"));
    }

    String textOf(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    void awaitState(String state) {
        await(
                "state " + state,
                () -> !driver.findElements(By.cssSelector("#status[data-state=" + state + "]"))
                        .isEmpty());
    }

    /** The transport in use, as the status shows it. */
    void awaitWay(String way) {
        await(
                "transport " + way,
                () -> !driver.findElements(By.cssSelector("#status[data-state=online] #way[data-way=" + way + "]"))
                        .isEmpty());
    }

    void awaitTexts(List<String> texts) {
        await("messages " + texts, () -> texts().equals(texts));
    }

    void awaitStates(String... states) {
        await("states " + List.of(states), () -> states().equals(List.of(states)));
    }

    void await(String what, Condition condition) {
        new WebDriverWait(driver, PATIENCE)
                .pollingEvery(Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> what + ", but saw " + beginnings() + " " + states() + " " + roster())
                .until(ignored -> condition.holds());
    }

    private List<String> beginnings() {
        return texts().stream()
                .map(text -> text.substring(0, Math.min(100, text.length())))
                .toList();
    }

    /** What the browser complained of since it was asked last, on its console or to the page. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(strings("return window.violations"));
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .forEach(complaints::add);
        return complaints;
    }

    @Override
    public void close() {
        driver.quit();
    }

    private List<String> strings(String script) {
        Object found = driver.executeScript(script);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Something to wait for. */
    interface Condition {
        boolean holds();
    }
}
