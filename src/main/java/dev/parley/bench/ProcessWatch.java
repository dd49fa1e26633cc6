package dev.parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a process of this machine uses, from Linux's {@code /proc}; nothing is known of others. Immutable. */
final class ProcessWatch {

    private static final double TICKS_PER_SECOND = 100;
    private static final String LISTENS = "0A";

    private final OptionalLong pid;

    private ProcessWatch(OptionalLong pid) {
        this.pid = pid;
    }

    static ProcessWatch of(long pid) {
        return new ProcessWatch(Files.isReadable(stat(pid)) ? OptionalLong.of(pid) : OptionalLong.empty());
    }

    /** The process with this id, or, if that is 0, the one that listens at {@code server}. */
    static ProcessWatch find(long pid, InetSocketAddress server) {
        if (pid > 0) {
            ProcessWatch watch = of(pid);
            if (!watch.isKnown()) {
                throw new UsageException("--pid: '" + pid + "' is no process of this machine that may be looked at");
            }
            return watch;
        }
        try {
            return isHere(server.getAddress()) ? listener(server.getPort()) : new ProcessWatch(OptionalLong.empty());
        } catch (IOException e) {
            return new ProcessWatch(OptionalLong.empty());
        }
    }

    private static boolean isHere(InetAddress address) throws SocketException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    private static ProcessWatch listener(int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9
                        && fields[3].equals(LISTENS)
                        && fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port))) {
                    sockets.add("socket:[" + fields[9] + "]");
                }
            }
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process.resolve("fd"), sockets)) {
                    return of(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return new ProcessWatch(OptionalLong.empty());
    }

    private static boolean holds(Path descriptors, Set<String> sockets) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (sockets.contains(Files.readSymbolicLink(link).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Gone, or another user's.
        }
        return false;
    }

    private static Path stat(long pid) {
        return Path.of("/proc", Long.toString(pid), "stat");
    }

    boolean isKnown() {
        return pid.isPresent();
    }

    OptionalLong pid() {
        return pid;
    }

    /** CPU time since its start, user's and system's; 0 if unknown. */
    double cpuSeconds() {
        if (pid.isEmpty()) {
            return 0;
        }
        try {
            String stat = Files.readString(stat(pid.getAsLong()));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Resident memory, KiB; 0 if unknown. */
    long residentKiB() {
        if (pid.isEmpty()) {
            return 0;
        }
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid.getAsLong()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Has a JVM collect its garbage. */
    void collectGarbage() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (pid.isEmpty() || !Files.isExecutable(jcmd)) {
            throw new CannotRunException("--gc: "
                    + (pid.isEmpty() ? "the server's process is not known; see --pid" : jcmd + " is not there"));
        }
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid.getAsLong()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new CannotRunException("--gc: jcmd " + pid.getAsLong() + " GC.run failed");
            }
        } catch (IOException e) {
            throw new CannotRunException("--gc: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
