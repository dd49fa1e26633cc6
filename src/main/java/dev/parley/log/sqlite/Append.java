package dev.parley.log.sqlite;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import java.util.concurrent.CompletableFuture;

/** A draft on its way in, and who waits for it. */
record Append(Draft draft, CompletableFuture<Appended> stage) {}
