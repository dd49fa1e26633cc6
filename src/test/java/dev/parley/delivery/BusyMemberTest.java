package dev.parley.delivery;

import static dev.parley.delivery.Bench.ADA;
import static dev.parley.delivery.Bench.HAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Frame;
import dev.parley.protocol.ServerMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member gets that was written to while others had their turn. */
class BusyMemberTest {

    private static final String LARGE = "x".repeat(5_000);

    @TempDir
    Path folder;

    private Bench bench;
    private Pump pump;
    private final RecordingConnection idle = new RecordingConnection();
    private final RecordingConnection busy = new RecordingConnection();

    @BeforeEach
    void open() {
        bench = new Bench(folder);
        bench.member(idle, HAN);
        pump = bench.member(busy, ADA);
        busy.hold();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void turn(String text) {
        bench.post(text);
        bench.executor.run();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static List<Frame> last(RecordingConnection of, int count) {
        List<Frame> frames = of.frames();
        return new ArrayList<>(frames.subList(frames.size() - count, frames.size()));
    }

    @Test
    void largeFramesThatItMissedAreThoseThatWereMadeForAll() {
        turn("busy with this");
        turn(LARGE);
        turn(LARGE);

        busy.release();

        assertThat(busy.seqs()).isEqualTo(upTo(3));
        assertThat(last(busy, 2))
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .isEqualTo(last(idle, 2));
    }

    @Test
    void answersThatWaitComeBeforeWhatWasKept() {
        turn("busy with this");
        turn(LARGE);
        pump.send(new ServerMessage.Pong(Optional.empty()));

        busy.release();

        assertThat(busy.types()).endsWith("message", "pong", "message");
        assertThat(busy.seqs()).isEqualTo(upTo(2));
    }

    @Test
    void moreThanIsKeptComesFromTheLogInOrder() {
        turn("busy with this");
        String huge = "x".repeat(100_000);
        for (int i = 0; i < 30; i++) {
            turn(huge);
        }

        busy.release();
        bench.executor.runUntil(() -> busy.seqs().contains(31L));
        turn("and on");

        assertThat(busy.seqs()).isEqualTo(upTo(32));
    }

    @Test
    void memberThatLeavesAndComesBackGetsNothingThatWasKept() {
        turn("busy with this");
        turn(LARGE);
        pump.leave(Bench.LOBBY);
        bench.join(pump, ADA, Optional.empty());

        busy.release();
        turn("new");

        assertThat(busy.seqs()).containsExactly(1L, 3L);
    }
}
