package dev.parley.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.LogException;
import dev.parley.log.RoomLog;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import dev.parley.time.SystemTimer;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A log in a process of its own, which appends without end, prints each answer, and is killed. */
final class ChildLog implements AutoCloseable {

    private static final int ROOMS = 3;
    private static final int IN_FLIGHT = 64;

    private final Process process;
    private final BufferedReader out;

    /** An answer that the child had: {@code room seq key}. */
    record Ack(RoomName room, long seq, String key) {

        private static Ack parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Ack(new RoomName(parts[0]), Long.parseLong(parts[1]), parts[2]);
        }
    }

    private ChildLog(Process process) {
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it on {@code folder}; every key begins with {@code run}. */
    static ChildLog start(Path folder, String run) throws IOException {
        // A killed process leaves its copy of the native library in the temporary folder.
        Path tmp = Files.createDirectories(folder.resolve("tmp"));
        return new ChildLog(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + tmp,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildLog.class.getName(),
                        folder.toString(),
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for the next {@code count} answers. */
    List<Ack> readAcks(int count) throws IOException {
        List<Ack> acks = new ArrayList<>();
        while (acks.size() < count) {
            String line = out.readLine();
            assertThat(line).as("the child's output").isNotNull();
            acks.add(Ack.parse(line));
        }
        return acks;
    }

    /** What it says instead of an answer. */
    String complaint() throws IOException {
        return String.valueOf(out.readLine());
    }

    /** Kills it, and gives the answers that it had printed in full meanwhile. */
    List<Ack> kill() throws IOException, InterruptedException {
        // Not by the process itself, which would close its output before we have read it.
        process.toHandle().destroyForcibly();
        StringWriter rest = new StringWriter();
        out.transferTo(rest);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String answers = rest.toString();
        return answers.substring(0, answers.lastIndexOf('\n') + 1)
                .lines()
                .map(Ack::parse)
                .toList();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
    }

    /** The child itself. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        try (SystemTimer timer = new SystemTimer();
                RoomLog log = EmbeddedRoomLog.open(Path.of(args[0]), Retention.keepAll(), timer)) {
            append(log, args[1], out);
        } catch (LogException e) {
            out.println(e.getMessage());
            out.flush();
        }
    }

    private static void append(RoomLog log, String run, PrintStream out) throws InterruptedException {
        Person author = new Person("child", new PersonName("Child"));
        Semaphore free = new Semaphore(IN_FLIGHT);
        for (int n = 0; true; n++) {
            free.acquire();
            RoomName room = new RoomName("room" + n % ROOMS);
            String key = run + "-" + n;
            log.append(new Draft(room, key, author, "text of " + key)).thenAccept((Appended ack) -> {
                out.print(room + " " + ack.seq() + " " + key + "\n");
                out.flush();
                free.release();
            });
        }
    }
}
