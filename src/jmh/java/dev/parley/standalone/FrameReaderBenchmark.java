package dev.parley.standalone;

import dev.parley.bench.wire.Outgoing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

/** What the standalone server does to a client's text frame: checks its header, unmasks it, checks it as UTF-8. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameReaderBenchmark {

    /** What the text is made of. */
    @Param({"good morning ", "早上好，大家"})
    public String words = "";

    /** How long it is, about. */
    @Param({"100", "10000"})
    public int bytes;

    private final Utf8 utf8 = new Utf8();
    private byte[] text = {};
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private long seen;

    private final FrameReader reader = new FrameReader(new FrameReader.Sink() {
        @Override
        public void data(ByteBuffer whole) {
            seen += whole.remaining();
        }

        @Override
        public void control(ByteBuffer whole) {
            seen += whole.remaining();
        }

        @Override
        public void close(byte[] payload) {
            seen += payload.length;
        }
    });

    /** Makes the frame. */
    @Setup
    public void frame() {
        int wordBytes = words.getBytes(StandardCharsets.UTF_8).length;
        text = words.repeat(Math.max(1, bytes / wordBytes)).getBytes(StandardCharsets.UTF_8);
        Outgoing frames = new Outgoing();
        frames.add(false, text, 0, text.length);
        frame = ByteBuffer.wrap(frames.take());
    }

    /** All of it. */
    @Benchmark
    public long frameToText() throws Violation {
        reader.read(frame.rewind());
        return seen;
    }

    /** The check of the characters alone. */
    @Benchmark
    public boolean checkUtf8() {
        return utf8.accept(text, 0, text.length);
    }
}
