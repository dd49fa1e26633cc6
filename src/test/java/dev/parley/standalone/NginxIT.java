package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import dev.parley.testing.HttpConnection;
import dev.parley.testing.Nginx;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server behind nginx, as the README says to set that up: the sites are read from there. */
class NginxIT {

    private static final String ROOM = "/parley/api/rooms/lobby";
    private static final String TEXT = "Content-Type: text/plain";

    @TempDir
    static Path data;

    private static ServerProcess server;

    @TempDir
    private Path folder;

    static List<String> sites() {
        return Nginx.sites();
    }

    @BeforeAll
    static void startServer() {
        server = ServerProcess.start(
                Path.of(System.getProperty("war", "target/parley.war")),
                "--data",
                data.toString(),
                "--trustForwarded",
                "true");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private Nginx behind(String site) throws IOException {
        return Nginx.start(folder, site, server.base());
    }

    private static HttpConnection connect(Nginx nginx) throws IOException {
        return new HttpConnection("127.0.0.1", nginx.base().getPort(), 0);
    }

    private static String self(Nginx nginx) {
        return "http://localhost:" + nginx.base().getPort();
    }

    private static void post(Nginx nginx, String text) throws IOException {
        try (HttpConnection sender = connect(nginx)) {
            assertThat(sender.ask("POST " + ROOM + "/messages", text, TEXT, "Origin: " + self(nginx))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void firstSiteOfTheReadmeRefusesWebSocket() throws IOException {
        try (Nginx nginx = behind(sites().get(0))) {
            assertThat(ChatClient.at(nginx.base(), "chat/lobby").refusal()).isNotEmpty();
        }
    }

    @Test
    void secondOneTakesIt() throws IOException {
        try (Nginx nginx = behind(sites().get(1));
                ChatClient client = ChatClient.at(nginx.base(), "chat/lobby")
                        .header("Origin", self(nginx))
                        .open()) {
            client.next("joined");
            client.post("lobby", "through nginx");
            assertThat(client.next("message").getString("text")).isEqualTo("through nginx");
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void eventsComeWhenTheyHappen(String site) throws IOException {
        try (Nginx nginx = behind(site);
                HttpConnection stream = connect(nginx)) {
            stream.send("GET " + ROOM + "/events", "", "Accept: text/event-stream");
            stream.readUntil("joined");
            for (String text : List.of("one", "two", "three")) {
                post(nginx, text);
                assertThat(stream.readUntil("\"type\":\"message\"")).contains("\"text\":\"" + text + "\"");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void framesScriptsComeWhenTheyHappen(String site) throws IOException {
        try (Nginx nginx = behind(site);
                HttpConnection stream = connect(nginx)) {
            stream.send("GET " + ROOM + "/frame?callback=parent.update", "");
            stream.readUntil("joined");
            post(nginx, "one");
            assertThat(stream.readUntil("\"type\":\"message\"")).contains("\"text\":\"one\"");
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void longPollIsAnsweredWhenSomethingHappensAndPollAtOnce(String site) throws IOException {
        try (Nginx nginx = behind(site);
                HttpConnection waiting = connect(nginx);
                HttpConnection poll = connect(nginx)) {
            String cursor =
                    poll.ask("GET " + ROOM + "/messages", "").text().replaceAll(".*\"cursor\":\"([^\"]*)\".*", "$1");
            waiting.send("GET " + ROOM + "/messages?wait=20&after=" + cursor, "");
            HttpConnection.Answer nothing = poll.ask("GET " + ROOM + "/messages?after=" + cursor, "");
            post(nginx, "one");

            assertThat(nothing.text()).contains("\"messages\":[]");
            assertThat(waiting.readAnswer(false).text()).contains("\"text\":\"one\"");
            String tag = nothing.header("ETag");
            assertThat(poll.ask("GET " + ROOM + "/messages?after=" + cursor, "", "If-None-Match: " + tag)
                            .text())
                    .contains("\"text\":\"one\"");
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void foreignPageIsRefused(String site) throws IOException {
        try (Nginx nginx = behind(site);
                HttpConnection sender = connect(nginx)) {
            assertThat(sender.ask("POST " + ROOM + "/messages", "x", TEXT, "Origin: https://evil.example")
                            .status())
                    .isEqualTo(403);
            assertThat(ChatClient.at(nginx.base(), "chat/lobby")
                            .header("Origin", "https://evil.example")
                            .refusal())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("sites")
    void guestIsTheSameFromRequestToRequest(String site) throws IOException {
        try (Nginx nginx = behind(site);
                HttpConnection first = connect(nginx);
                HttpConnection second = connect(nginx)) {
            HttpConnection.Answer me = first.ask("GET /parley/api/me", "");
            String cookie = me.header("Set-Cookie").replaceAll(";.*", "");

            assertThat(second.ask("GET /parley/api/me", "", "Cookie: " + cookie).text())
                    .isEqualTo(me.text());
        }
    }
}
