package dev.parley.standalone;

import dev.parley.app.SettingsException;
import dev.parley.app.SettingsReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line says. Immutable.
 *
 * @param help whether to explain and do nothing
 * @param version whether to tell the version and do nothing
 * @param settings values by the settings' names
 */
record CommandLine(boolean help, boolean version, Map<String, String> settings) {

    CommandLine {
        settings = Map.copyOf(settings);
    }

    /**
     * Reads {@code --name value}, {@code --name=value} and {@code --set name=value} for every setting.
     *
     * @throws SettingsException at the first option that is none
     */
    static CommandLine parse(String... args) {
        Deque<String> left = new ArrayDeque<>(List.of(args));
        Map<String, String> settings = new HashMap<>();
        boolean help = false;
        boolean version = false;
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--version" -> version = true;
                case "--set" -> assign(settings, option, valueOf(option, left));
                default -> {
                    if (!option.startsWith("--")) {
                        throw unknown(option);
                    }
                    String rest = option.substring(2);
                    assign(settings, option, rest.contains("=") ? rest : rest + "=" + value(option, rest, left));
                }
            }
        }
        return new CommandLine(help, version, settings);
    }

    private static String value(String option, String name, Deque<String> left) {
        if (!SettingsReader.knows(name)) {
            throw unknown(option);
        }
        return valueOf(option, left);
    }

    private static String valueOf(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new SettingsException(option + ": a value must follow");
        }
        return left.remove();
    }

    private static void assign(Map<String, String> settings, String option, String assignment) {
        int equals = assignment.indexOf('=');
        String name = equals < 0 ? assignment : assignment.substring(0, equals);
        if (equals < 0 || !SettingsReader.knows(name)) {
            throw unknown(option.equals("--set") ? "--set " + assignment : option);
        }
        settings.put(name, assignment.substring(equals + 1));
    }

    private static SettingsException unknown(String option) {
        return new SettingsException(option + ": no such option; --help lists them all");
    }
}
