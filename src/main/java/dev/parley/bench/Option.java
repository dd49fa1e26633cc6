package dev.parley.bench;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that can be asked for on the command line. Immutable.
 *
 * @param name as written, without the dashes
 * @param defaultText its value if it is not there; {@code --help} shows it
 * @param allowed what it may be, to be read after "may be"; empty if no value follows
 * @param about what it is for
 * @param parse gives the value, or throws {@link IllegalArgumentException}
 * @param <T> the value's type
 */
record Option<T>(String name, String defaultText, String allowed, String about, Function<String, T> parse) {

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1000L, "m", 60_000L);

    static Option<Long> number(String name, long byDefault, long min, long max, String about) {
        String allowed = String.format("a whole number from %d to %d", min, max);
        return new Option<>(name, Long.toString(byDefault), allowed, about, text -> {
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    static Option<Double> rate(String name, String byDefault, String about) {
        String allowed = "a number from 0 to 1000000";
        return new Option<>(name, byDefault, allowed, about, text -> {
            double value = Double.parseDouble(text);
            if (!(value >= 0 && value <= 1_000_000)) {
                throw new IllegalArgumentException(text);
            }
            return value;
        });
    }

    static Option<Duration> time(String name, String byDefault, String about) {
        return new Option<>(name, byDefault, "a time like 500ms, 5s or 2m", about, text -> {
            Matcher form = TIME.matcher(text);
            Long unit = form.matches() ? MILLIS.get(form.group(2)) : null;
            if (unit == null) {
                throw new IllegalArgumentException(text);
            }
            return Duration.ofMillis(Long.parseLong(form.group(1)) * unit);
        });
    }

    static Option<Boolean> flag(String name, String about) {
        return new Option<>(name, "", "", about, text -> text.equals("true"));
    }

    static Option<String> text(String name, String byDefault, String allowed, String pattern, String about) {
        return new Option<>(name, byDefault, allowed, about, text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    boolean isFlag() {
        return allowed.isEmpty();
    }

    /** The same with another default. */
    Option<T> or(String otherDefault) {
        return new Option<>(name, otherDefault, allowed, about, parse);
    }

    String help() {
        String value = isFlag() ? "" : defaultText.isEmpty() ? "-" : defaultText;
        return String.format("  --%-18s %-22s %s%s", name, value, about, isFlag() ? "" : " (" + allowed + ")");
    }
}
