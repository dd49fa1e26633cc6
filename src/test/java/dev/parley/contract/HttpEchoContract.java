package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Echo over HTTP. Runs with the settings as they are. */
public abstract class HttpEchoContract extends HttpContract {

    @Test
    void factsOfTheRequestAreTold() throws IOException {
        var answer = http().ask("GET echo?a=1&a=%E4%BD%A0", "", "X-Mine: 7");

        assertThat(answer.text())
                .contains("\"method\":\"GET\"", "\"uri\":\"" + base().getPath() + "echo\"")
                .contains("\"query\":\"a=1&a=%E4%BD%A0\"", "\"a\":[\"1\",\"你\"]", "\"x-mine\":[\"7\"]")
                .contains("\"remoteAddress\":\"127.0.0.1\"");
    }

    @Test
    void bodyComesBackAndIsNoPage() throws IOException {
        var answer = http().ask("POST echo", "<script>alert(1)</script>", "Content-Type: text/html");

        assertThat(answer.text()).isEqualTo("<script>alert(1)</script>");
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
    }

    /** Often: its end may come while another thread still reads. */
    @RepeatedTest(60)
    void largeBodyComesBackWhole() throws IOException {
        String body = "0123456789".repeat(300_000);

        String back = http().ask("POST echo", body, "Content-Type: text/plain").text();

        assertThat(back).hasSameSizeAs(body);
        assertThat(back.equals(body)).isTrue();
    }

    @Test
    void factsOfAPostAreToldInPlaceOfItsBody() throws IOException {
        assertThat(http().ask("POST echo?facts", "text=a", FORM).text())
                .contains("\"method\":\"POST\"", "\"content-length\":[\"6\"]");
    }
}
