package dev.parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding what one turn of a room tells, once for all its members: messages of 100 characters that are new each time. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncodingBenchmark {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Person ADA = new Person("g-AaH5N1lilNNy6-pDulFPZA", new PersonName("Ada"));
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final String TEXT = "你好 and good morning ".repeat(5);

    /** Messages in the batch. */
    @Param({"1", "32"})
    public int messages;

    private List<PostedMessage> batch() {
        return LongStream.rangeClosed(1, messages)
                .mapToObj(seq -> new PostedMessage(
                        LOBBY, new Cursor("e8j75r7p", seq), "01J9Z3NDEKTSV4RRFFQ69G5FAV", ADA, NOON, TEXT))
                .toList();
    }

    /** For WebSocket. */
    @Benchmark
    public List<Frame> json() {
        return JsonFormat.INSTANCE.encode(batch());
    }

    /** For Server-Sent Events. */
    @Benchmark
    public List<Frame> events() {
        return SseFormat.ONE_ROOM.encode(batch());
    }

    /** In XML. */
    @Benchmark
    public List<Frame> xml() {
        return XmlFormat.INSTANCE.encode(batch());
    }
}
