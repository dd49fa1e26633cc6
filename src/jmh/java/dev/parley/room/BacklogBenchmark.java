package dev.parley.room;

import dev.parley.log.Entry;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** The newest entries in memory: adding one, and reading on from a cursor that lags. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BacklogBenchmark {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Person ADA = new Person("g-ada", new PersonName("Ada"));
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final int KEPT = 256;

    /** How many entries the reader lacks. */
    @Param({"1", "100"})
    public int lag;

    private final Backlog backlog = new Backlog(LOBBY, KEPT, "e8j75r7p", 0);
    private long seq;

    /** As much as is kept. */
    @Setup
    public void fill() {
        for (int i = 0; i < 2 * KEPT; i++) {
            append();
        }
    }

    /** One more entry, told by a turn. */
    @Benchmark
    public List<PostedMessage> append() {
        seq++;
        backlog.append(List.of(new Entry(LOBBY, seq, NOON, "key", ADA, "你好 and good morning")));
        return backlog.turn();
    }

    /** What a reader lacks. */
    @Benchmark
    public Optional<List<PostedMessage>> readOn() {
        return backlog.after(backlog.head().seq() - lag, Room.FRAME_CHARS);
    }
}
