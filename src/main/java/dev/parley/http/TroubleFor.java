package dev.parley.http;

/** Who may trouble the connections of their own runs in the lab. */
public enum TroubleFor {
    /** Who asks from the machine that the server runs on, by no proxy and by a name that only that machine has. */
    LOCAL,
    ALL,
    NONE
}
