package dev.parley.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was asked for. Immutable. */
final class Options {

    private final List<Option<?>> known;
    private final Map<String, String> given;

    private Options(List<Option<?>> known, Map<String, String> given) {
        this.known = List.copyOf(known);
        this.given = Map.copyOf(given);
    }

    /**
     * Reads {@code --name value}, {@code --name=value} and {@code --flag}.
     *
     * @throws UsageException at the first option that is none of {@code known}, or cannot be what it is
     */
    static Options parse(List<Option<?>> known, List<String> args) {
        Deque<String> left = new ArrayDeque<>(args);
        Map<String, String> given = new HashMap<>();
        while (!left.isEmpty()) {
            String[] parts = left.remove().split("=", 2);
            Option<?> option = known.stream()
                    .filter(candidate -> parts[0].equals("--" + candidate.name()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(parts[0] + ": no such option here; --help lists them all"));
            String value;
            if (option.isFlag()) {
                value = parts.length > 1 ? parts[1] : "true";
            } else if (parts.length > 1) {
                value = parts[1];
            } else if (left.isEmpty()) {
                throw new UsageException(parts[0] + ": a value must follow, " + option.allowed());
            } else {
                value = left.remove();
            }
            parse(option, value);
            given.put(option.name(), value);
        }
        return new Options(known, given);
    }

    private static <T> T parse(Option<T> option, String value) {
        try {
            return option.parse().apply(value);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + option.name() + ": '" + value + "', may be "
                    + (option.isFlag() ? "true or false" : option.allowed()));
        }
    }

    /** The value, given or by default; the scenario's own default comes before the option's. */
    <T> T get(Option<T> option) {
        String byDefault = known.stream()
                .filter(candidate -> candidate.name().equals(option.name()))
                .map(Option::defaultText)
                .findFirst()
                .orElse(option.defaultText());
        return parse(option, given.getOrDefault(option.name(), byDefault));
    }

    int count(Option<Long> option) {
        return Math.toIntExact(get(option));
    }

    boolean has(Option<?> option) {
        return given.containsKey(option.name());
    }
}
