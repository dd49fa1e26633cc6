package dev.parley.container;

import dev.parley.testing.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server that can be killed: the WAR as it was built, in a process of the container that this run is about. Settings are
 * system properties.
 */
enum OwnProcess {
    STANDALONE(Pattern.compile("listens on http://[^ :]+:(\\d+)/")) {
        @Override
        List<String> command(Path folder) {
            return List.of("-jar", TestWar.built().toString(), "--port", "0");
        }
    },

    /** The one that is embedded in tests, by its own main class. */
    TOMCAT(Pattern.compile("Starting ProtocolHandler .*-auto-\\d+-(\\d+)")) {
        @Override
        List<String> command(Path folder) throws IOException {
            Path conf = Files.createDirectories(folder.resolve("conf"));
            Files.createDirectories(folder.resolve("webapps"));
            Files.writeString(conf.resolve("server.xml"), """
                    <Server port="-1">
                      <Service name="Catalina">
                        <Connector port="0" address="127.0.0.1"/>
                        <Engine name="Catalina" defaultHost="localhost">
                          <Host name="localhost" appBase="webapps" autoDeploy="false"/>
                        </Engine>
                      </Service>
                    </Server>
                    """);
            String classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.matches(".*/(tomcat-|jakarta\\.annotation-api)[^/]*\\.jar"))
                    .collect(Collectors.joining(File.pathSeparator));
            return List.of(
                    "-cp",
                    classes,
                    "-Dcatalina.base=" + folder,
                    "-Dcatalina.home=" + folder,
                    "org.apache.catalina.startup.Tomcat",
                    "--path",
                    CONTEXT,
                    "--war",
                    TestWar.built().toAbsolutePath().toString(),
                    "--await");
        }
    },

    /** Cannot tell which port is free; the one that was a moment ago will do, or the next. */
    PAYARA(Pattern.compile("http://[^ :/]+:(\\d+)" + OwnProcess.CONTEXT)) {
        @Override
        List<String> command(Path folder) throws IOException {
            try (ServerSocket free = new ServerSocket(0)) {
                return List.of(
                        "-jar",
                        System.getProperty("payara.microJar", "target/payara/payara-micro.jar"),
                        "--nocluster",
                        "--disablephonehome",
                        "--prebootcommandfile",
                        "src/test/payara/preboot.txt",
                        "--rootdir",
                        folder.toString(),
                        "--port",
                        String.valueOf(free.getLocalPort()),
                        "--autobindhttp",
                        "--contextroot",
                        CONTEXT,
                        "--deploy",
                        TestWar.built().toString());
            }
        }
    };

    private static final String CONTEXT = "/parley";

    private final Pattern told;

    OwnProcess(Pattern told) {
        this.told = told;
    }

    /** That of this run. */
    static OwnProcess ofThisRun() {
        return Stream.of(values())
                .filter(one -> one.name().equalsIgnoreCase(System.getProperty("arquillian.launch", "standalone")))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Starts it, and waits until it serves.
     *
     * @param folder its own, below which it keeps its data; the next process may have it after this one
     * @param settings {@code name=value}
     */
    ServerProcess start(Path folder, String... settings) {
        // It is killed before long: what starts soon is better than what gets fast.
        List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-XX:TieredStopAtLevel=1"));
        command.add("-Dparley.data=" + folder.resolve("parley-data"));
        Arrays.stream(settings).forEach(setting -> command.add("-Dparley." + setting));
        try {
            command.addAll(command(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServerProcess.start(command, this::base);
    }

    private Optional<URI> base(String line) {
        Matcher port = told.matcher(line);
        String path = this == STANDALONE ? "/" : CONTEXT + "/";
        return port.find() ? Optional.of(URI.create("http://localhost:" + port.group(1) + path)) : Optional.empty();
    }

    /** What follows {@code java} and the settings. */
    abstract List<String> command(Path folder) throws IOException;
}
