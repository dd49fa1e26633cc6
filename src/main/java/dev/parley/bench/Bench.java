package dev.parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code java -jar parley.war bench …}. */
public final class Bench {

    /** The word on the command line. */
    public static final String COMMAND = "bench";

    private static final int WELL = 0;
    private static final int NOT_RUN = 1;
    private static final int WRONG_USE = 2;
    private static final int FAULTY = 3;

    private static final List<Scenario> SCENARIOS =
            List.of(new Fanout(), new Echo(), new Idle(), new Storm(), new Slow());

    private Bench() {}

    /**
     * Runs what the arguments say.
     *
     * @param args what follows the word {@code bench}
     * @param out the report, or help
     * @param err progress, and why nothing can be measured
     * @return the exit status: 0 all well, 1 the server could not be measured, 2 wrong use, 3 something was lost, doubled,
     *     out of order, corrupt or cut
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        List<String> words = Arrays.asList(args);
        try {
            if (words.isEmpty() || isHelp(words.get(0))) {
                out.println(help());
                return words.isEmpty() ? WRONG_USE : WELL;
            }
            Scenario scenario = SCENARIOS.stream()
                    .filter(candidate -> candidate.name().equals(words.get(0)))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("'" + words.get(0) + "', may be " + names()));
            List<String> rest = words.subList(1, words.size());
            if (rest.stream().anyMatch(Bench::isHelp)) {
                out.println(help(scenario));
                return WELL;
            }
            return measure(scenario, rest, out, err);
        } catch (UsageException e) {
            err.println("parley bench: " + e.getMessage());
            return WRONG_USE;
        } catch (CannotRunException | IOException | UncheckedIOException e) {
            err.println("parley bench: " + e.getMessage());
            return NOT_RUN;
        }
    }

    private static int measure(Scenario scenario, List<String> args, PrintStream out, PrintStream err)
            throws IOException {
        List<Option<?>> known = new ArrayList<>(scenario.options());
        known.addAll(Settings.COMMON);
        Options options = Options.parse(known, args);
        try (Run run = new Run(options, err)) {
            Report report = scenario.run(run);
            out.println(options.get(Settings.JSON) ? report.asJson() : report.asText());
            return run.tally().isWell() ? WELL : FAULTY;
        }
    }

    private static boolean isHelp(String word) {
        return word.equals("--help") || word.equals("-h") || word.equals("help");
    }

    private static String names() {
        return SCENARIOS.stream().map(Scenario::name).collect(Collectors.joining(", "));
    }

    private static String help() {
        return """
                java -jar parley.war bench SCENARIO [--option value]...

                Puts load on a Parley, here or elsewhere, checks that nothing is lost, doubled, out of order or
                changed, and reports what it took. Scenarios:

                %s

                'bench SCENARIO --help' lists the options of one, with their defaults. For example:

                  java -jar parley.war --port 8080 --data /tmp/bench --rate 0 &
                  java -jar parley.war bench fanout --members 1000 --rate 20
                  java -jar parley.war bench idle --connections 5000 --json

                - Give the server a data folder of its own: rooms named bench-... stay in its log. It needs --rate 0,
                  and a --maxConnections above what you open; when it refuses, the setting is named.
                - fanout and slow send as fast as the server delivers (--window), or so many a second (--rate), with
                  the delay counted from when a message was due, so that a pause is not left out.
                - 'server CPU' and memory are there when the server runs on this machine under Linux (--pid, or found
                  by its port). Time for each message is the figure to compare; its inverse is what one CPU can do.
                - One thread makes the load. Where 'generator CPU' is near 1, start several at a time.
                - TLS is not spoken: measure behind the proxy that ends it.

                Progress goes to standard error, the report to standard output. Exit status: 0 all well, 1 the server
                could not be measured, 2 wrong use, 3 something was lost, doubled, out of order, corrupt or cut.""".formatted(SCENARIOS.stream()
                .map(scenario -> String.format("  %-8s %s", scenario.name(), scenario.about()))
                .collect(Collectors.joining("\n")));
    }

    private static String help(Scenario scenario) {
        String own = scenario.options().stream().map(Option::help).collect(Collectors.joining("\n"));
        String common = Settings.COMMON.stream().map(Option::help).collect(Collectors.joining("\n"));
        return "java -jar parley.war bench " + scenario.name() + " [--option value]...\n\n" + scenario.about() + "\n\n"
                + own + "\n\n" + common;
    }
}
