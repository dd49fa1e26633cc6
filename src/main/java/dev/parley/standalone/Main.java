package dev.parley.standalone;

import dev.parley.access.ForwardedFor;
import dev.parley.app.ParleyListener;
import dev.parley.app.Settings;
import dev.parley.app.SettingsException;
import dev.parley.app.SettingsReader;
import dev.parley.bench.Bench;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Logger;

/** Starts the standalone server from a command line, and says in one line why it cannot. */
public final class Main {

    private static final System.Logger LOGGER = System.getLogger(Main.class.getName());
    private static final Logger LIBRARIES = Logger.getLogger("org.glassfish");

    private Main() {}

    /** From a working copy: its static files are in {@code webapp}. */
    public static void main(String[] args) {
        launch(args, Path.of("webapp"), "(working copy)", () -> {});
    }

    /**
     * Runs until the process is told to stop, which exits with 0. What cannot be started exits with 1. After the word
     * {@code bench} it measures another server instead.
     *
     * @param root the folder of the static files
     * @param version what this is a version of
     * @param lastly what to do at the end of the process
     */
    public static void launch(String[] args, Path root, String version, Runnable lastly) {
        if (args.length > 0 && args[0].equals(Bench.COMMAND)) {
            Runtime.getRuntime().addShutdownHook(new Thread(lastly, "parley-bench-end"));
            System.exit(Bench.run(Arrays.copyOfRange(args, 1, args.length), System.out, System.err));
        }
        Stop stop = Stop.install(lastly);
        try {
            CommandLine line = CommandLine.parse(args);
            if (line.help()) {
                help(System.out, version);
            } else if (line.version()) {
                System.out.println("Parley " + version);
            } else {
                run(line, root, version, stop);
            }
        } catch (SettingsException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.DEBUG, "start", e);
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static void help(PrintStream out, String version) {
        out.println("Parley " + version + ": chat rooms and a WebSocket echo, in one file.\n");
        out.println("  java -jar parley.war [--name value]... [--set name=value]... [--help] [--version]");
        out.println("  java -jar parley.war bench --help\n");
        out.println(SettingsReader.help());
        out.println("\nAlso as environment variables (PARLEY_MAX_ROOMS) and system properties (parley.maxRooms).");
    }

    private static void run(CommandLine line, Path root, String version, Stop stop) throws IOException {
        if (System.getProperty("java.util.logging.config.file") == null) {
            LIBRARIES.setLevel(java.util.logging.Level.WARNING);
        }
        SettingsReader reader = SettingsReader.standalone(line.settings());
        Settings settings = reader.read();
        reader.warnings().forEach(warning -> LOGGER.log(Level.WARNING, warning));
        prepareData(settings.data());
        requireHost(settings.host());
        StandaloneServer server = new StandaloneServer(
                settings.host(),
                settings.port(),
                root,
                new ForwardedFor(settings.trustForwarded()),
                settings.writeTimeout(),
                HttpDeadlines.LIMIT,
                new ParleyListener(settings));
        stop.closes(server);
        try {
            server.start();
        } catch (BindException e) {
            throw new SettingsException(String.format(
                    "port %d on %s cannot be had: %s; --port 0 takes any that is free",
                    settings.port(), settings.host(), e.getMessage()));
        }
        LOGGER.log(Level.DEBUG, reader::describe);
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        System.out.println("Parley " + version + " listens on http://" + host + ":" + server.port() + "/");
        System.out.println("Its data is in " + settings.data());
        System.out.println("Open http://" + openable(host) + ":" + server.port() + "/ in a browser; Ctrl+C stops it.");
        stop.await();
    }

    private static void prepareData(Path data) {
        try {
            Files.createDirectories(data);
            Files.delete(Files.createTempFile(data, "try", null));
        } catch (IOException e) {
            throw new SettingsException("data: '" + data + "' is no folder that can be written to: " + e);
        }
    }

    private static void requireHost(String host) {
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new SettingsException("host: '" + host + "' has no address, may be a host name or an IP address");
        }
    }

    private static String openable(String host) {
        return host.equals("0.0.0.0") || host.equals("[::]") ? "localhost" : host;
    }

    private static void fail(String line) {
        System.err.println("parley: " + line);
        System.exit(1);
    }
}
