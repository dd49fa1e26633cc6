package dev.parley.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Runs the images' health commands as they stand, but for the port; {@code wget} is busybox's, as in those images. */
class HealthCheckIT {

    private static final Path WAR = Path.of(System.getProperty("war", "target/parley.war"));

    @TempDir
    Path data;

    static List<Dockerfile> files() {
        return Dockerfile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRunningServerIsHealthyAndAStoppedOneIsNot(Dockerfile file) throws Exception {
        String check = file.of("HEALTHCHECK").get(0);
        ServerProcess server = ServerProcess.start(WAR, "--data", data.toString());
        int port = server.base().getPort();

        assertThat(exitCode(check, port)).isZero();
        server.stop();
        assertThat(exitCode(check, port)).isNotZero();
    }

    private static int exitCode(String check, int port) throws IOException, InterruptedException {
        String command = check.substring(check.indexOf("CMD ") + 4)
                .replace("127.0.0.1:8080", "127.0.0.1:" + port)
                .replace("127.0.0.1/8080", "127.0.0.1/" + port)
                .replace("wget ", "busybox wget ");
        Process process = new ProcessBuilder(words(command)).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** The exec form is a JSON array, which is YAML; the shell form goes to a shell. */
    private static List<String> words(String command) {
        if (!command.startsWith("[")) {
            return List.of("sh", "-c", command);
        }
        Object[] words = ((List<?>) new Yaml().load(command)).toArray();
        return Arrays.stream(words).map(String::valueOf).toList();
    }
}
