package dev.parley.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, {@code java -jar parley.war} as a rule, on a port that was free. Thread-safe. */
public final class ServerProcess implements AutoCloseable {

    private static final int LONGEST_SECONDS = 60;
    private static final Pattern URL = Pattern.compile("https?://[^\\s,;'\"]+");

    private final Process process;
    private final Function<String, Optional<URI>> told;
    private final CompletableFuture<URI> base = new CompletableFuture<>();

    // Guarded by itself.
    private final List<String> lines = new ArrayList<>();

    private ServerProcess(Process process, Function<String, Optional<URI>> told) {
        this.process = process;
        this.told = told;
    }

    /** Starts {@code war} with {@code --port 0} and these options, and waits until it says where it is. */
    public static ServerProcess start(Path war, String... options) {
        List<String> command =
                new ArrayList<>(List.of(java(), "-jar", war.toAbsolutePath().toString(), "--port", "0"));
        command.addAll(Arrays.asList(options));
        return start(command, ServerProcess::firstUrl);
    }

    /**
     * Runs {@code command}, and waits until it says where it is.
     *
     * @param told where the server is, if that is said by this line of its output
     */
    public static ServerProcess start(List<String> command, Function<String, Optional<URI>> told) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            ServerProcess server = new ServerProcess(builder.start(), told);
            Thread reader = new Thread(server::read, "output of process " + server.pid());
            reader.setDaemon(true);
            reader.start();
            server.awaitStart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that runs Java. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Optional<URI> firstUrl(String line) {
        Matcher url = URL.matcher(line);
        return url.find() ? Optional.of(URI.create(url.group().replaceFirst("/*$", "/"))) : Optional.empty();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                told.apply(line).ifPresent(base::complete);
            }
        } catch (IOException ended) {
            // said below
        }
        base.completeExceptionally(new IOException("the server ended before it listened"));
    }

    private void awaitStart() {
        try {
            base.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            kill();
            throw new IllegalStateException("no start: " + String.join("\n", output()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            throw new IllegalStateException(e);
        }
    }

    /** Where it listens, with a slash at the end. */
    public URI base() {
        return base.join();
    }

    /** What it printed so far, line by line. */
    public List<String> output() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    /** SIGTERM, and the exit code. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL. Returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("no end in " + LONGEST_SECONDS + " s: " + String.join("\n", output()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL, if it still runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
