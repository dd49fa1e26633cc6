package dev.parley.lab;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark of a request that takes part in a run: {@code lab=run.way} in its query. Immutable.
 *
 * @param run 8 to 32 lower-case letters and digits of the page's choice
 */
record Tag(String run, WayName way) {

    private static final String PARAMETER = "lab=";
    private static final Pattern RUN = Pattern.compile("[a-z0-9]{8,32}");
    private static final Pattern TAG = Pattern.compile("(?:^|&)" + PARAMETER + "(" + RUN + ")\\.([a-z]{1,16})(?:&|$)");

    /** The tag in a query, still encoded; empty if there is none, or not of this form. */
    static Optional<Tag> in(String query) {
        if (!query.contains(PARAMETER)) {
            return Optional.empty();
        }
        Matcher found = TAG.matcher(query);
        return found.find() ? WayName.of(found.group(2)).map(way -> new Tag(found.group(1), way)) : Optional.empty();
    }

    /** Whether a run may be called so. */
    static boolean isRun(String run) {
        return RUN.matcher(run).matches();
    }
}
