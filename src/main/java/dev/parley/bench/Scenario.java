package dev.parley.bench;

import java.util.List;

/** A kind of load. */
interface Scenario {

    /** Its name on the command line. */
    String name();

    /** What it does, in a line. */
    String about();

    /** What it can be told, besides {@link Settings#COMMON}. */
    List<Option<?>> options();

    /** Runs it to its end. */
    Report run(Run run);
}
