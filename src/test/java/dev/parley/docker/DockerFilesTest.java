package dev.parley.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class DockerFilesTest {

    private static final Set<String> INSTRUCTIONS = Set.of(
            "FROM",
            "WORKDIR",
            "COPY",
            "RUN",
            "USER",
            "ENV",
            "VOLUME",
            "EXPOSE",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "ENTRYPOINT",
            "CMD");

    static List<Dockerfile> files() {
        return Dockerfile.all();
    }

    @Test
    void thereIsOneForTheServerAloneForTomcatAndForPayara() {
        assertThat(files())
                .extracting(file -> file.path().getFileName().toString())
                .containsExactly("Dockerfile", "Dockerfile.payara", "Dockerfile.tomcat");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyInstructionIsKnownAndTheFirstNamesAnImage(Dockerfile file) {
        assertThat(file.instructions())
                .extracting(Dockerfile.Instruction::name)
                .isSubsetOf(INSTRUCTIONS)
                .startsWith("FROM");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everythingThatIsCopiedIsThere(Dockerfile file) {
        for (String copy : file.of("COPY")) {
            List<String> words = Arrays.asList(copy.split("\\s+"));
            if (words.get(0).startsWith("--from=")) {
                String stage = words.get(0).substring("--from=".length());
                assertThat(file.of("FROM")).anyMatch(from -> from.endsWith(" AS " + stage));
                assertThat(words.get(1)).isEqualTo("/src/target/parley.war");
            } else {
                words.subList(0, words.size() - 1)
                        .forEach(source -> assertThat(Path.of(source)).exists());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theServerRunsAsAUserOfItsOwnWithAVolumeAndAHealthCheck(Dockerfile file) {
        List<String> users = file.of("USER");
        assertThat(users).isNotEmpty();
        assertThat(users.get(users.size() - 1)).isNotEqualTo("root");
        assertThat(file.of("VOLUME")).containsExactly("/data");
        assertThat(file.of("ENV")).anyMatch(env -> env.contains("PARLEY_DATA=/data"));
        assertThat(file.of("HEALTHCHECK")).hasSize(1);
        assertThat(file.of("EXPOSE")).containsExactly("8080");
    }

    @Test
    void theStandaloneImageListensOnAllAddresses() {
        assertThat(Dockerfile.read(Path.of("docker/Dockerfile")).of("ENV"))
                .anyMatch(env -> env.contains("PARLEY_HOST=0.0.0.0"));
    }

    @Test
    void composeBuildsEachOfThem() throws IOException {
        Place compose = new Place(new Yaml().load(Files.readString(Path.of("docker/compose.yaml"))));
        assertThat(compose.at("services").keys()).containsExactly("parley", "tomcat", "payara");
        for (String service : compose.at("services").keys()) {
            assertThat(Path.of(compose.at("services")
                            .at(service)
                            .at("build")
                            .at("dockerfile")
                            .text()))
                    .exists();
        }
        assertThat(compose.at("volumes").keys()).hasSize(3);
    }

    /** A place in a document of maps and values. */
    private record Place(Object value) {

        Place at(String key) {
            return new Place(Objects.requireNonNull(((Map<?, ?>) value).get(key), key));
        }

        List<String> keys() {
            return ((Map<?, ?>) value).keySet().stream().map(String::valueOf).toList();
        }

        String text() {
            return value.toString();
        }
    }
}
