package dev.parley.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.journey.Journey;
import dev.parley.testing.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The promise, over every transport at once: the line is bad, and the server is killed. */
class JourneyIT {

    private final OwnProcess container = OwnProcess.ofThisRun();
    private final Path folder = TestWar.newFolder();
    private final long seed =
            Optional.ofNullable(Long.getLong("parley.test.seed")).orElseGet(() -> new Random().nextLong());

    private ServerProcess start() {
        return container.start(folder, "rate=0", "backlog=16");
    }

    /** As many as there is time for: some take long to start. */
    private int kills() {
        return switch (container) {
            case STANDALONE -> 4;
            case TOMCAT -> 3;
            case PAYARA -> 1;
        };
    }

    /** Without a word; until then it said nothing of our code either. */
    private static void kill(ServerProcess server) {
        server.kill();
        assertThat(faults(server.output())).isEmpty();
    }

    /**
     * Where stack traces show our code. Not those of a connection that broke: Payara logs what it does not get rid of when
     * that happens during an upgrade.
     */
    private static List<String> faults(List<String> output) {
        List<String> faults = new ArrayList<>();
        String thrown = "";
        for (String line : output) {
            if (!line.startsWith("\tat ")) {
                thrown = line;
            } else if (line.startsWith("\tat dev.parley.") && !thrown.contains("IOException")) {
                faults.add(thrown + line);
            }
        }
        return faults;
    }

    @Test
    void whoChangesTheTransportAtEveryStepGetsEverythingOnceWhateverBreaks() throws Exception {
        ServerProcess server = start();
        try (Journey journey = new Journey(server.base(), seed)) {
            journey.begin();
            int[] moments = new Random(seed)
                    .ints(kills(), Journey.STEPS / 20, Journey.STEPS * 9 / 10)
                    .sorted()
                    .toArray();
            for (int moment : moments) {
                journey.awaitSteps(moment);
                journey.pause();
                kill(server);
                server = start();
                journey.goOn(server.base());
            }
            journey.end();
            kill(server);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("-Dparley.test.seed=" + seed + ": " + e.getMessage(), e);
        } finally {
            server.close();
        }
    }
}
