package dev.parley.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a setting's value is written. Immutable.
 *
 * @param allowed what it may be, to be read after "may be"
 * @param parse gives the value, or throws {@link IllegalArgumentException}
 * @param <T> the value's type
 */
record Form<T>(String allowed, Function<String, T> parse) {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    /** A whole number. */
    static Form<Long> number(long min, long max) {
        return new Form<>("a whole number from " + min + " to " + max, text -> inRange(Long.parseLong(text), min, max));
    }

    /** A size in bytes, with or without a unit. */
    static Form<Long> size(String min, String max) {
        return new Form<>(
                "a size from " + min + " to " + max + ", like 64KiB or 1MiB",
                text -> inRange(scaled(text, BYTES), scaled(min, BYTES), scaled(max, BYTES)));
    }

    /** A time, always with its unit. */
    static Form<Duration> time(String min, String max) {
        return new Form<>(
                "a time from " + min + " to " + max + ", like 500ms, 25s or 24h",
                text -> Duration.ofMillis(inRange(scaled(text, MILLIS), scaled(min, MILLIS), scaled(max, MILLIS))));
    }

    /** {@code true} or {@code false}. */
    static Form<Boolean> yesOrNo() {
        return new Form<>("true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** One of a few words, which are the constants' names in lower case. */
    static <E extends Enum<E>> Form<E> oneOf(Class<E> words) {
        List<E> all = List.of(words.getEnumConstants());
        return new Form<>(
                all.stream().map(Form::word).collect(Collectors.joining(" or ")),
                text -> all.stream()
                        .filter(one -> word(one).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(text)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Anything but nothing. */
    static Form<String> text(String allowed) {
        return new Form<>(allowed, text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException(text);
            }
            return text.strip();
        });
    }

    /** A folder's path. */
    static Form<Path> folder() {
        return new Form<>("the path of a folder", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException(text);
            }
            try {
                return Path.of(text.strip()).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(text, e);
            }
        });
    }

    /** Things that match {@code item}, with commas between; none if empty. */
    static Form<Set<String>> list(String allowed, Pattern item) {
        return new Form<>(allowed, text -> {
            Set<String> items = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!items.stream().allMatch(part -> item.matcher(part).matches())) {
                throw new IllegalArgumentException(text);
            }
            return items;
        });
    }

    /** The same, or nothing at all, which means {@code meaning}. */
    <R> Form<R> orNothing(String meaning, R nothing, Function<T, R> something) {
        return new Form<>(
                allowed + "; empty for " + meaning,
                text -> text.isBlank() ? nothing : something.apply(parse.apply(text)));
    }

    /** {@link #number} or nothing. */
    static Form<OptionalLong> optionalNumber(long min, long max, String meaning) {
        return number(min, max).orNothing(meaning, OptionalLong.empty(), OptionalLong::of);
    }

    private static long scaled(String text, Map<String, Long> units) {
        var form = NUMBER_AND_UNIT.matcher(text.strip());
        Long unit = form.matches() ? units.get(form.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(text);
        }
        try {
            return Math.multiplyExact(Long.parseLong(form.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static long inRange(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(Long.toString(value));
        }
        return value;
    }
}
