package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawWebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherIT {

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path temp;
    private Path data;

    @BeforeEach
    void folders() throws IOException {
        temp = Files.createDirectory(folder.resolve("temp"));
        data = folder.resolve("data");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void itServesUntilSigtermAndThenExitsWithZeroAndLeavesNothing() throws Exception {
        Process server = start();
        RawWebSocket client = RawWebSocket.open("localhost", port(server), "/echo");
        client.sendText("大厅");
        assertThat(client.readMessage().text()).isEqualTo("大厅");
        assertThat(leftovers()).isNotEmpty();

        server.destroy();

        assertThat(client.readClose().closeCode()).isEqualTo(1001);
        assertThat(server.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void whatAKilledRunLeftIsSweptAndWhatARunningOneHasIsNot() throws Exception {
        Process killed = start();
        port(killed);
        Process running = start("--data", folder.resolve("other").toString());
        port(running);
        killed.destroyForcibly().waitFor();
        assertThat(leftovers()).hasSize(4);

        Process next = start();
        port(next);

        assertThat(leftovers()).hasSize(4);
        next.destroy();
        next.waitFor();
        running.destroy();
        running.waitFor();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aTakenPortIsToldInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertFails("port " + taken.getLocalPort(), "--port", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aHostWithoutAnAddressIsToldInOneLine() throws Exception {
        assertFails("host: 'nowhere.invalid'", "--host", "nowhere.invalid");
    }

    @Test
    void aDataFolderThatIsAFileIsToldInOneLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertFails(file.toString(), "--data", file.toString());
    }

    @Test
    void aWrongSettingIsToldInOneLine() throws Exception {
        assertFails("--rate: 'fast', may be a whole number", "--set", "rate=fast");
    }

    @Test
    void anUnknownOptionIsToldInOneLine() throws Exception {
        assertFails("--prot: no such option", "--prot", "1");
    }

    @Test
    void theVersionIsTheManifests() throws Exception {
        Process process = start("--version");

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .matches("Parley [0-9.]+\\R");
    }

    @Test
    void theHelpListsTheSettings() throws Exception {
        Process process = start("--help");

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("--maxEcho", "16MiB", "--data");
        assertThat(process.waitFor()).isZero();
    }

    private void assertFails(String line, String... args) throws Exception {
        Process process = start(args);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors.lines())
                .singleElement()
                .asString()
                .startsWith("parley: ")
                .contains(line);
        assertThat(leftovers()).isEmpty();
    }

    /** Starts on any free port and with a data folder of its own; later options win. */
    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temp,
                "-jar",
                System.getProperty("war"),
                "--port",
                "0",
                "--data",
                data.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PARLEY_") || name.startsWith("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int port(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).contains("http://localhost:");
        return Integer.parseInt(line.replaceAll(".*:([0-9]+)/.*", "$1"));
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.filter(file -> file.getFileName().toString().startsWith("parley-"))
                    .toList();
        }
    }
}
