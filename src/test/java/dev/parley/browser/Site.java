package dev.parley.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that the tests visit: the one at {@code -Dparley.test.url} (with the slash at its end), or the packed WAR,
 * started as anybody would start it.
 */
final class Site implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("listens on (http://\\S+/)");

    private final URI uri;
    private final Optional<Process> process;

    private Site(URI uri, Optional<Process> process) {
        this.uri = uri;
        this.process = process;
    }

    /**
     * Returns when it listens. {@code data}: where a server of our own keeps its rooms; {@code options}: of its command line.
     */
    static Site start(Path data, String... options) throws IOException {
        String given = System.getProperty("parley.test.url");
        if (given != null) {
            return new Site(URI.create(given), Optional.empty());
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("parley.test.war", "target/parley.war"),
                "--port",
                "0",
                "--data",
                data.toString()));
        command.addAll(List.of(options));
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Site(awaitAddress(server), Optional.of(server));
    }

    private static URI awaitAddress(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                return URI.create(listens.group(1));
            }
        }
        throw new IOException("the server ended before it listened");
    }

    URI uri() {
        return uri;
    }

    InetSocketAddress address() throws IOException {
        return new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort());
    }

    /** The same page by way of another port on the loopback interface. */
    URI through(int port) {
        return URI.create("http://127.0.0.1:" + port + uri.getRawPath());
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroy);
    }
}
