package dev.parley.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a log promises, never for ever. */
public final class Stages {

    private static final long MAX_SECONDS = 20;

    private Stages() {}

    /** What the stage completes with; throws what it failed with. */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e);
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("nothing within " + MAX_SECONDS + " s", e);
        }
    }

    /** What each stage completes with. */
    public static <T> List<T> awaitAll(List<CompletionStage<T>> stages) {
        List<T> results = new ArrayList<>();
        stages.forEach(stage -> results.add(await(stage)));
        return results;
    }
}
