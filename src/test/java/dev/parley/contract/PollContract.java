package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Polls, those that wait and those that do not. Runs with {@link #SETTINGS}. */
public abstract class PollContract extends HttpContract {

    /** Who leaves is gone at once. */
    protected static final List<String> SETTINGS = List.of("linger=0s");

    private HttpConnection.Answer ask(String query, String... headers) throws IOException {
        return http().ask("GET " + messages + query, "", headers);
    }

    private void post(String text) throws IOException {
        assertThat(http().ask("POST " + messages, text, TEXT).status()).isEqualTo(201);
    }

    private String members() throws IOException {
        return http().ask("GET " + room + "/members", "").text();
    }

    /** Waits until a poll has begun. */
    protected final void waitUntilSomebodyIsThere() throws IOException {
        HttpConnection watcher = http();
        while (watcher.ask("GET " + room + "/members", "").text().contains("\"count\":0")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void pollIsAnsweredAtOnceWithWhatIsThere() throws IOException {
        String start = cursor(ask(""));
        post("one");

        assertThat(ask("?wait=60&after=" + start).text()).contains("\"text\":\"one\"");
    }

    @Test
    void pollWaitsForAMessage() throws IOException {
        HttpConnection poller = http();
        String start = cursor(poller.ask("GET " + messages, ""));
        poller.send("GET " + messages + "?wait=60&after=" + start, "");
        waitUntilSomebodyIsThere();
        post("one");

        var news = poller.readAnswer(false);
        String next = cursor(news);
        var nothing = poller.ask("GET " + messages + "?after=" + next, "");

        assertThat(news.text()).contains("\"text\":\"one\"");
        assertThat(nothing.text()).isEqualTo("{\"messages\":[],\"cursor\":\"" + next + "\"}");
    }

    @Test
    void pollsFollowEachOtherOnOneConnection() throws IOException {
        HttpConnection poller = http();
        String cursor = cursor(poller.ask("GET " + messages, ""));
        for (int i = 1; i <= 5; i++) {
            poller.send("GET " + messages + "?wait=60&after=" + cursor, "");
            post("m" + i);
            var news = poller.readAnswer(false);
            assertThat(news.text()).contains("\"text\":\"m" + i + "\"", "\"seq\":" + i + ",");
            cursor = cursor(news);
        }
    }

    @Test
    void pollEndsEmptyWhenItsTimeIsOver() throws IOException {
        assertThat(ask("?wait=1").text()).contains("\"messages\":[]");
    }

    @Test
    void pollThatHasNothingNewIsNotSentAgain() throws IOException {
        post("one");
        String query = "?after=" + cursor(ask(""));
        String etag = ask(query).header("ETag");

        assertThat(ask(query, "If-None-Match: " + etag).status()).isEqualTo(304);
        post("two");
        assertThat(ask(query, "If-None-Match: " + etag).text()).contains("\"text\":\"two\"");
    }

    @Test
    void cursorOfAnotherLogIsAGapAndAllThatIsThere() throws IOException {
        post("one");

        assertThat(ask("?wait=60&after=other:7").text())
                .contains("\"gap\":{", "\"from\":\"other:7\"", "\"reason\":\"epoch\"", "\"text\":\"one\"");
    }

    @Test
    void whoPollsWithACookieIsPresentBetweenPolls() throws IOException {
        String cookie = cookie();

        ask("?wait=1");
        String strangers = members();
        ask("?wait=1", cookie);
        String present = members();

        assertThat(strangers).contains("\"count\":0");
        assertThat(present).contains("\"count\":1");
    }
}
