package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Bench.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            flood                       | parley bench: 'flood', may be fanout, echo, idle, storm, slow
            fanout --members 0          | parley bench: --members: '0', may be a whole number from 1 to 1000000
            fanout --members=many       | parley bench: --members: 'many', may be a whole number from 1 to 1000000
            fanout --size 10            | parley bench: --size: '10', may be a whole number from 64 to 65536
            fanout --duration 5         | parley bench: --duration: '5', may be a time like 500ms, 5s or 2m
            fanout --transport carrier  | parley bench: --transport: 'carrier', may be ws, sse or longpoll
            fanout --rate -1            | parley bench: --rate: '-1', may be a number from 0 to 1000000
            fanout --rate NaN           | parley bench: --rate: 'NaN', may be a number from 0 to 1000000
            fanout --url wss://x/       | parley bench: --url: 'wss://x/', may be ws://host:port/context
            fanout --url ws://[x/       | parley bench: --url: 'ws://[x/', may be ws://host:port/context
            fanout --url ws://127.0.0.1:70000 | parley bench: --url: 'ws://127.0.0.1:70000', may be ws://host:port/context
            fanout --members 2 --publishers 3 | parley bench: --publishers: '3', may be at most --members, which is 2
            echo --members 5            | parley bench: --members: no such option here; --help lists them all
            idle --connections          | parley bench: --connections: a value must follow, a whole number from 1 to 1000000
            echo --pid 2147483647       | parley bench: --pid: '2147483647' is no process of this machine that may be looked at
            """)
    void wrongUseIsAnsweredWithTheOptionTheValueAndWhatItMayBe(String line, String answer) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(said()).isEqualTo(answer);
        assertThat(out.size()).isZero();
    }

    @Test
    void helpNamesEveryScenarioAndItsOptions() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("fanout", "echo", "idle", "storm", "slow", "Exit status");
        assertThat(run("storm", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--missing", "--url");
        assertThat(err.size()).isZero();
    }

    @Test
    void nothingSaidIsWrongUseAndExplained() {
        assertThat(run()).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("bench SCENARIO --help");
    }

    @Test
    void aServerThatIsNotThereCannotBeMeasured() throws IOException {
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }
        assertThat(run("echo", "--url", "ws://127.0.0.1:" + free)).isEqualTo(1);
        assertThat(said()).contains("Connection refused", "is a server there? see --url");
    }
}
