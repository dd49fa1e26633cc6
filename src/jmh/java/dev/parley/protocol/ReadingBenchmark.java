package dev.parley.protocol;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a client's message of 100 characters, with its limits. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadingBenchmark {

    private static final String TEXT = "你好 and good morning ".repeat(5);

    private final MessageReader json =
            new MessageReader(JsonSyntax.INSTANCE, Limits.DEFAULT, Optional.of(new RoomName("lobby")));
    private final MessageReader xml =
            new MessageReader(XmlSyntax.INSTANCE, Limits.DEFAULT, Optional.of(new RoomName("lobby")));

    private String jsonFrame =
            "{\"type\":\"send\",\"id\":4,\"key\":\"01J9Z3NDEKTSV4RRFFQ69G5FAV\",\"text\":\"" + TEXT + "\"}";
    private String xmlFrame = "<send id=\"4\" key=\"01J9Z3NDEKTSV4RRFFQ69G5FAV\"><text>" + TEXT + "</text></send>";

    /** In JSON. */
    @Benchmark
    public List<ClientMessage> json() {
        return json.read(jsonFrame);
    }

    /** In XML. */
    @Benchmark
    public List<ClientMessage> xml() {
        return xml.read(xmlFrame);
    }
}
