package dev.parley.delivery;

import static dev.parley.log.Stages.await;

import dev.parley.log.Draft;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import dev.parley.room.RoomSettings;
import dev.parley.room.Rooms;
import dev.parley.testing.HandCranked;
import dev.parley.time.ManualTimer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A room's turn: entries that the log has told become a batch, and every member's pump takes it and writes it to a connection
 * that completes at once. What is left is what delivery itself costs.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TurnBenchmark {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Person ADA = new Person("g-ada", new PersonName("Ada"));
    private static final Draft DRAFT = new Draft(LOBBY, "key", ADA, "你好 and good morning ".repeat(5));

    /** Members of the room. */
    @Param({"1", "100", "1000"})
    public int members;

    /** Entries that one turn tells. */
    @Param({"1", "32"})
    public int entries;

    private final HandCranked executor = new HandCranked();
    private final MemoryLog log = new MemoryLog();
    private long frames;

    /** Everybody is there. */
    @Setup
    public void join() {
        ManualTimer timer = new ManualTimer();
        RoomSettings settings = new RoomSettings(256, Duration.ofSeconds(5), Set.of(), 10_000);
        Rooms rooms = new Rooms(log, settings, timer, executor);
        DeliverySettings waits = new DeliverySettings(Duration.ofSeconds(25), Duration.ofSeconds(10));
        Delivery delivery = new Delivery(rooms, timer, executor, waits);
        for (int i = 0; i < members; i++) {
            Person person = new Person("g-" + i, new PersonName("Guest " + i));
            delivery.pump(new Counting(), JsonFormat.INSTANCE)
                    .join(await(rooms.open(LOBBY)), person, Optional.empty(), Optional.empty());
        }
        executor.run();
        timer.advance(Duration.ofSeconds(1));
        executor.run();
    }

    /** Tells all of them all entries. */
    @Benchmark
    public long turn() {
        for (int i = 0; i < entries; i++) {
            log.append(DRAFT);
        }
        executor.run();
        return frames;
    }

    private final class Counting implements Connection {

        @Override
        public void write(Frame frame, Written written) {
            frames++;
            written.done(null);
        }

        @Override
        public void ping(Written written) {
            written.done(null);
        }

        @Override
        public void close(CloseCode code, String reason) {
            throw new IllegalStateException(code + ": " + reason);
        }
    }
}
