package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.GarblingProxy;
import dev.parley.testing.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator against the real server, on lines that are right and lines that are not. */
class BenchIT {

    private static final Path WAR = Path.of(System.getProperty("war", "target/parley.war"));

    private static ServerProcess server;

    private record Outcome(int status, String out, String err) {

        JsonObject json() {
            return Json.createReader(new StringReader(out)).readObject();
        }
    }

    @BeforeAll
    static void start(@TempDir Path data) {
        server = ServerProcess.start(WAR, "--data", data.toString(), "--rate", "0");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Outcome bench(String scenario, int port, String... options) {
        List<String> args = new ArrayList<>(
                List.of(scenario, "--url", "ws://127.0.0.1:" + port, "--json", "--pid", Long.toString(server.pid())));
        args.addAll(Arrays.asList(options));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Bench.run(
                args.toArray(new String[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void isWell(Outcome outcome) {
        assertThat(outcome.status()).as(outcome.toString()).isZero();
        assertThat(outcome.json().getInt("lost")).isZero();
        assertThat(outcome.json().getInt("doubled")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--members 20 --rooms 2 --publishers 3",
                "--members 20 --binary --rate 100",
                "--members 5 --size 3900 --window 2 --url=ws://localhost:PORT/",
                "--members 10 --transport sse",
                "--members 5 --transport longpoll --rate 20",
            })
    void everyMemberGetsEverythingOnceAndInOneOrder(String options) {
        int port = server.base().getPort();
        String line = options.replace("PORT", Integer.toString(port)) + " --warmup 200ms --duration 1s";
        Outcome outcome = bench("fanout", port, line.split(" "));
        isWell(outcome);
        assertThat(outcome.json().getJsonNumber("deliveriesPerSecond").doubleValue())
                .isPositive();
        assertThat(outcome.json().getJsonNumber("delayP99Micros").doubleValue()).isPositive();
        assertThat(outcome.json().getJsonNumber("serverMiB").doubleValue()).isPositive();
        assertThat(outcome.err()).contains(" s  measuring ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connections 3 --depth 4", "--connections 2 --size 65536 --binary"})
    void echoesComeBackWholeAndInOrder(String options) {
        String line = options + " --warmup 200ms --duration 1s";
        Outcome outcome = bench("echo", server.base().getPort(), line.split(" "));
        isWell(outcome);
        assertThat(outcome.json().getJsonNumber("delayP50Micros").doubleValue()).isPositive();
    }

    @Test
    void afterAStormEverybodyHasWhatTheyMissed() {
        Outcome outcome = bench(
                "storm",
                server.base().getPort(),
                "--members=20",
                "--rooms=3",
                "--missing=300",
                "--rate=20",
                "--warmup=500ms",
                "--duration=1s");
        isWell(outcome);
        assertThat(outcome.json().getJsonNumber("allCaughtUpSeconds").doubleValue())
                .isPositive();
        assertThat(outcome.json().getJsonNumber("caughtUpMaxMicros").doubleValue())
                .isPositive();
    }

    @Test
    void membersThatHangAreToldFromThoseThatRead() {
        Outcome outcome = bench(
                "slow",
                server.base().getPort(),
                "--members=5",
                "--slow=2",
                "--warmup=200ms",
                "--duration=1s",
                "--rate=200");
        isWell(outcome);
        assertThat(outcome.json().getInt("slow")).isEqualTo(2);
        assertThat(outcome.json().getInt("slowMissing")).isZero();
        assertThat(outcome.json().getJsonNumber("ratio").doubleValue()).isPositive();
    }

    @Test
    void idleConnectionsAreCountedAndWeighed() {
        Outcome outcome = bench("idle", server.base().getPort(), "--connections=400", "--hold=200ms", "--gc");
        assertThat(outcome.status()).as(outcome.toString()).isZero();
        assertThat(outcome.json().getInt("connections")).isEqualTo(400);
        assertThat(outcome.json()).containsKeys("serverKiBPerConnection", "serverMicrosPerConnection");
    }

    @ParameterizedTest
    @CsvSource({
        "DROP,   1, lost",
        "DOUBLE, 1, doubled",
        "SWAP,   1, outOfOrder",
        "SWAP,   2, outOfOrder",
        "CHANGE, 1, corrupt",
        "CUT,    1, cut",
    })
    void aLineThatDoesWrongIsFoundOut(GarblingProxy.Fault fault, int publishers, String figure) throws IOException {
        try (GarblingProxy proxy = proxy(fault)) {
            Outcome outcome = bench(
                    "fanout",
                    proxy.port(),
                    "--members=2",
                    "--publishers=" + publishers,
                    "--rate=50",
                    "--warmup=0s",
                    "--duration=1s",
                    "--drain=500ms");
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(3);
            assertThat(outcome.json().getInt(figure)).as(outcome.toString()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"DROP, lost", "DOUBLE, doubled", "CUT, cut"})
    void anEchoThatIsWrongIsFoundOut(GarblingProxy.Fault fault, String figure) throws IOException {
        try (GarblingProxy proxy = proxy(fault)) {
            Outcome outcome = bench(
                    "echo",
                    proxy.port(),
                    "--connections=2",
                    "--depth=2",
                    "--warmup=0s",
                    "--duration=500ms",
                    "--drain=500ms");
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(3);
            assertThat(outcome.json().getInt(figure)).as(outcome.toString()).isPositive();
        }
    }

    private static GarblingProxy proxy(GarblingProxy.Fault fault) throws IOException {
        return new GarblingProxy(
                new InetSocketAddress("127.0.0.1", server.base().getPort()), fault);
    }

    @Test
    void aServerThatRefusesIsToldWithTheSettingToRaise(@TempDir Path data) {
        try (ServerProcess limited = ServerProcess.start(WAR, "--data", data.toString(), "--maxConnections", "250")) {
            int port = limited.base().getPort();
            Outcome rate = bench("fanout", port, "--members=2");
            assertThat(rate.status()).isEqualTo(1);
            assertThat(rate.err()).contains("start it with --rate 0 (PARLEY_RATE=0)");
            Outcome address = bench("idle", port, "--connections=240", "--perSource=0");
            assertThat(address.status()).isEqualTo(1);
            assertThat(address.err()).contains("200", "larger --maxConnectionsPerAddress");
            Outcome all = bench("idle", port, "--connections=300");
            assertThat(all.status()).isEqualTo(1);
            assertThat(all.err()).contains("250", "larger --maxConnections (PARLEY_MAX_CONNECTIONS)");
            Outcome path = bench("fanout", port, "--url=ws://127.0.0.1:" + port + "/elsewhere");
            assertThat(path.status()).isEqualTo(1);
            assertThat(path.err()).contains("404", "is the path in --url the one");
        }
    }

    @Test
    void theSameFileIsServerAndLoadGenerator() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        WAR.toString(),
                        "bench",
                        "echo",
                        "--url",
                        server.base().toString().replace("http:", "ws:"),
                        "--warmup=0s",
                        "--duration=300ms")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("echo at ws://", "us for each message delivered", "round trip", "lost");
    }
}
