package dev.parley.log.sqlite;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of each room is kept. What is over goes within a minute, oldest first. Immutable.
 *
 * @param maxAge entries go when they are this old, empty for never
 * @param maxEntries the newest entries that a room keeps, at least 1, empty for all
 */
public record Retention(Optional<Duration> maxAge, OptionalLong maxEntries) {

    /** Refuses limits that would keep nothing. */
    public Retention {
        maxAge.filter(age -> age.isNegative() || age.isZero()).ifPresent(age -> {
            throw new IllegalArgumentException("maxAge " + age + ", more than 0");
        });
        if (maxEntries.isPresent() && maxEntries.getAsLong() < 1) {
            throw new IllegalArgumentException("maxEntries " + maxEntries.getAsLong() + ", at least 1");
        }
    }

    /** Keeps everything. */
    public static Retention keepAll() {
        return new Retention(Optional.empty(), OptionalLong.empty());
    }

    /** Keeps what is younger than {@code age}. */
    public static Retention ofAge(Duration age) {
        return new Retention(Optional.of(age), OptionalLong.empty());
    }

    /** Keeps the newest {@code entries} of each room. */
    public static Retention ofEntries(long entries) {
        return new Retention(Optional.empty(), OptionalLong.of(entries));
    }

    /** Whether nothing ever goes. */
    public boolean keepsAll() {
        return maxAge.isEmpty() && maxEntries.isEmpty();
    }
}
