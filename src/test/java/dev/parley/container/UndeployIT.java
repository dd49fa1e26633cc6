package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChatClient;
import dev.parley.testing.RawWebSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The WAR goes, and comes back. Arquillian tells a URL to what was deployed before the test began, so a deployment and what
 * is done with it are two tests.
 */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UndeployIT {

    private static final String PARLEY = "parley";
    private static final Path DATA = TestWar.newFolder();

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = PARLEY, managed = false, testable = false)
    static WebArchive parley() {
        return TestWar.at(DATA);
    }

    /** What embedded Tomcat says that was left behind: threads, thread locals, JDBC drivers. Kept, or its logger is not. */
    private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

    private static final List<String> FOUND = new CopyOnWriteArrayList<>();

    private static final Handler LISTENER = new Handler() {
        @Override
        public void publish(LogRecord record) {
            String message = record.getMessage();
            // Its own threads that run the application's code for a moment
            if (!message.contains("[Catalina-")) {
                FOUND.add(message);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeAll
    static void listen() {
        LEAKS.addHandler(LISTENER);
    }

    @AfterAll
    static void listenNoMore() {
        LEAKS.removeHandler(LISTENER);
    }

    @Test
    @Order(1)
    void deploys() {
        deployer.deploy(PARLEY);
    }

    @Test
    @Order(2)
    void everybodyIsToldAndEverythingIsLetGo(@ArquillianResource @OperateOnDeployment(PARLEY) URL url)
            throws IOException {
        URI base = TestWar.base(url);
        List<ChatClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ChatClient client = ChatClient.at(base, "chat/stays").open();
            client.next("joined");
            clients.add(client);
        }
        clients.get(0).post("stays", "before");
        ChatClient plain = ChatClient.at(base, "chat/stays").plain().open();
        ChatClient echo = ChatClient.at(base, "echo").offering("chat").open();
        RawWebSocket silent = RawWebSocket.open("localhost", base.getPort(), base.getPath() + "chat/stays");

        deployer.undeploy(PARLEY);

        clients.forEach(UndeployIT::assertThatItWasTold);
        assertThat(plain.closing().code()).isIn(1001, endsWithItsPorts() ? 1006 : 1001);
        assertThat(echo.closing().code()).isIn(1001, 1006);
        silent.close();
        assertThatTheFolderIsFree();
        assertThat(ownThreads()).isEmpty();
        assertThat(ownFiles()).isEmpty();
        assertThat(FOUND).isEmpty();
    }

    private static void assertThatItWasTold(ChatClient client) {
        int code = client.closing().code();
        if (endsWithItsPorts()) {
            assertThat(code).isIn(1001, 1006);
            return;
        }
        JsonObject bye = client.next("bye");
        assertThat(bye.getInt("code")).isEqualTo(1001);
        assertThat(bye.getInt("retryAfter")).isPositive();
        assertThat(bye.getInt("spread")).isPositive();
        assertThat(code).isEqualTo(1001);
    }

    /**
     * Undeploying from Payara Micro here is SIGTERM, at which it closes its ports and its applications at the same
     * time: what is written last may or may not arrive.
     */
    private static boolean endsWithItsPorts() {
        return "payara".equals(System.getProperty("arquillian.launch"));
    }

    @Test
    @Order(3)
    void deploysAgain() {
        deployer.deploy(PARLEY);
    }

    @Test
    @Order(4)
    void historyIsThereAndGoesOn(@ArquillianResource @OperateOnDeployment(PARLEY) URL url) throws IOException {
        try (ChatClient client = ChatClient.at(TestWar.base(url), "chat/stays").open()) {
            assertThat(client.next("joined").getString("cursor")).endsWith(":1");
            assertThat(client.post("stays", "after").getInt("seq")).isEqualTo(2);
            assertThat(client.ask("history", "room", "stays")
                            .getJsonArray("messages")
                            .getValuesAs(JsonObject.class))
                    .extracting(message -> message.getString("text"))
                    .containsExactly("before", "after");
        }
        deployer.undeploy(PARLEY);
        assertThatTheFolderIsFree();
        assertThat(ownThreads()).isEmpty();
    }

    /** Waits for a process that ends, as Payara's does after its undeployment; within this JVM it fails at once. */
    private static void assertThatTheFolderIsFree() throws IOException {
        try (FileChannel channel = FileChannel.open(DATA.resolve("parley.lock"), StandardOpenOption.WRITE)) {
            assertThat(channel.lock().isValid()).isTrue();
        }
        assertThat(System.getProperties().stringPropertyNames())
                .as("what is held in this JVM")
                .noneMatch(name -> name.startsWith("parley.lock"));
    }

    /** Of this JVM, which is embedded Tomcat's; the others are processes that are gone. */
    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("parley"))
                .toList();
    }

    /** Open files of this JVM in the data folder, where the system tells. */
    private static List<String> ownFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.map(UndeployIT::target)
                    .filter(file -> file.startsWith(DATA.toString()))
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
