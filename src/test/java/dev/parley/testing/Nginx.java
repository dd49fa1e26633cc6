package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Debian's nginx with the configuration that it comes with, and one site: a block of the README. It needs no rights, as all it
 * writes is below a folder of the test's. Thread-safe.
 */
public final class Nginx implements AutoCloseable {

    private static final Path PROGRAM = Path.of(System.getProperty("parley.test.nginx", "/usr/sbin/nginx"));
    private static final Path STOCK = Path.of("/etc/nginx/nginx.conf");
    private static final Pattern BLOCK = Pattern.compile("```nginx\\n(.*?)```", Pattern.DOTALL);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Process process;
    private final URI base;

    private Nginx(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** The sites in the README, in their order. */
    public static List<String> sites() {
        try {
            return BLOCK.matcher(Files.readString(Path.of("README.md")))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it in an empty {@code folder}, and waits until it listens.
     *
     * @param site what leads to {@code 127.0.0.1:8080}, and will lead to {@code server}
     */
    public static Nginx start(Path folder, String site, URI server) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path errors = folder.resolve("error.log");
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                configuration(
                        folder,
                        "server { listen 127.0.0.1:" + port + ";\n"
                                + site.replace("127.0.0.1:8080", "127.0.0.1:" + server.getPort()) + "}"));
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        errors.toString(),
                        "-c",
                        configuration.toString(),
                        "-g",
                        "daemon off;")
                .inheritIO()
                .start();
        Nginx nginx = new Nginx(process, URI.create("http://localhost:" + port + "/parley/"));
        nginx.awaitListening(port, errors);
        return nginx;
    }

    /** The stock configuration, but for whom it serves and where it writes. */
    private static String configuration(Path folder, String site) throws IOException {
        StringBuilder own = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            own.append(kind).append("_temp_path ").append(folder.resolve(kind)).append(";\n");
        }
        return Files.readString(STOCK)
                .replaceAll("(?m)^\\s*(user|pid|error_log|include /etc/nginx/modules-enabled)\\b.*$", "")
                .replaceAll("(?m)^\\s*include /etc/nginx/(conf\\.d|sites-enabled)/.*$", "")
                .replaceAll("(?m)^\\s*access_log .*$", "access_log off;")
                .replaceFirst("(?m)^http \\{", "pid " + folder.resolve("pid") + ";\nhttp {\n" + own + quoted(site));
    }

    private static String quoted(String replacement) {
        return java.util.regex.Matcher.quoteReplacement(replacement);
    }

    private void awaitListening(int port, Path errors) throws IOException {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("nginx does not listen: " + Files.readString(errors));
            }
            Thread.onSpinWait();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where the site is, with a slash at the end. */
    public URI base() {
        return base;
    }

    /** SIGTERM, which ends everything at once. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
