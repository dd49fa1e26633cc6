package dev.parley.delivery;

import static dev.parley.delivery.Bench.ADA;
import static dev.parley.delivery.Bench.HAN;
import static dev.parley.delivery.Bench.LOBBY;
import static dev.parley.log.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.sqlite.Retention;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.PlainFormat;
import dev.parley.protocol.ServerMessage;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PumpTest {

    @TempDir
    Path folder;

    private Bench bench;
    private final RecordingConnection connection = new RecordingConnection();

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void reopen(Retention retention, Set<String> gapRooms) {
        bench.close();
        bench = new Bench(folder, retention, gapRooms);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private void read(RecordingConnection from, long seq) {
        bench.executor.runUntil(() -> from.seqs().contains(seq));
    }

    /** Appends so many entries, told one by one, so that the room's memory has the newest of them alone. */
    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            bench.post(1);
            bench.executor.run();
        }
    }

    private Optional<Cursor> after(long seq) {
        return Optional.of(bench.cursor(seq));
    }

    @Test
    void entryGoesOutAloneAndAtOnce() {
        bench.member(connection, ADA);

        bench.post("你好");
        bench.executor.run();

        assertThat(connection.types()).containsExactly("joined", "message");
        assertThat(connection.messages("message").get(0).getString("text")).isEqualTo("你好");
    }

    @Test
    void busyMemberCatchesUpInOneFrameAndInOrder() {
        bench.member(connection, ADA);
        connection.hold();
        for (int i = 0; i < 4; i++) {
            bench.post(1);
            bench.executor.run();
        }
        assertThat(connection.seqs()).containsExactly(1L);

        connection.finishWrite();

        assertThat(connection.seqs()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(connection.frames()).hasSize(3);
    }

    @Test
    void slowReaderDelaysNobodyElse() {
        RecordingConnection slow = new RecordingConnection();
        bench.member(slow, HAN);
        bench.member(connection, ADA);
        slow.hold();

        fill(50);

        assertThat(connection.seqs()).isEqualTo(upTo(50));
        assertThat(slow.seqs()).containsExactly(1L);
        slow.release();
        read(slow, 50);
        assertThat(slow.seqs()).isEqualTo(upTo(50));
    }

    @Test
    void sharedFrameIsTheSameObjectForAllMembers() {
        RecordingConnection other = new RecordingConnection();
        bench.member(connection, ADA);
        bench.member(other, HAN);

        bench.post(3);
        bench.executor.run();

        assertThat(connection.frames().get(1)).isSameAs(other.frames().get(1));
    }

    @Test
    void resumeDeliversEverythingOnceAndInOrderWhileNewEntriesArrive() {
        bench.member(new RecordingConnection(), HAN);
        fill(450);
        bench.log.holdReads();
        Pump pump = bench.pump(connection);
        pump.join(await(bench.rooms.open(LOBBY)), ADA, after(7), Optional.empty());
        bench.executor.run();
        bench.post(10);
        bench.executor.run();
        bench.log.releaseReads();
        bench.post(5);

        read(connection, 465);
        bench.post(5);
        read(connection, 470);

        assertThat(connection.seqs()).isEqualTo(range(8, 470));
        assertThat(connection.messages("joined").get(0).getString("cursor")).endsWith(":7");
    }

    @Test
    void joinWithoutACursorHearsWhatComesAfterIt() {
        bench.post(3);

        bench.member(connection, ADA);
        bench.post(2);
        bench.executor.run();

        assertThat(connection.messages("joined").get(0).getString("cursor")).endsWith(":3");
        assertThat(connection.seqs()).containsExactly(4L, 5L);
    }

    @Test
    void trimmedEntriesAreAGap() {
        reopen(Retention.ofEntries(5), Set.of());
        bench.post(60);
        bench.timer.advance(Duration.ofMinutes(2));
        while (await(bench.log.extent(LOBBY)).trimmed() < 55) {
            bench.post(0);
        }

        bench.join(bench.pump(connection), ADA, after(2));
        read(connection, 60);

        assertThat(connection.types().subList(0, 3)).containsExactly("joined", "gap", "message");
        JsonObject gap = connection.messages("gap").get(0);
        assertThat(gap.getString("from")).endsWith(":2");
        assertThat(gap.getString("to")).endsWith(":55");
        assertThat(gap.getString("reason")).isEqualTo("trimmed");
        assertThat(connection.seqs()).isEqualTo(range(56, 60));
    }

    @Test
    void cursorOfAnotherLogIsAGapAndEverythingFollows() {
        bench.post(30);

        bench.join(bench.pump(connection), ADA, Optional.of(new Cursor("zzz", 12)));
        read(connection, 30);

        JsonObject gap = connection.messages("gap").get(0);
        assertThat(gap.getString("from")).isEqualTo("zzz:12");
        assertThat(gap.getString("to")).endsWith(":0").doesNotStartWith("zzz");
        assertThat(gap.getString("reason")).isEqualTo("epoch");
        assertThat(connection.seqs()).isEqualTo(upTo(30));
    }

    @Test
    void slowReaderOfARoomThatSkipsIsToldTheGap() {
        reopen(Retention.keepAll(), Set.of("lobby"));
        bench.member(connection, ADA);
        connection.hold();
        fill(40);

        connection.release();
        bench.executor.run();

        JsonObject gap = connection.messages("gap").get(0);
        assertThat(gap.getString("reason")).isEqualTo("slow");
        assertThat(gap.getString("from")).endsWith(":1");
        long to = Long.parseLong(gap.getString("to").replaceAll(".*:", ""));
        assertThat(connection.seqs().get(0)).isEqualTo(1);
        assertThat(connection.seqs().subList(1, connection.seqs().size())).isEqualTo(range(to + 1, 40));
    }

    @Test
    void whoComesBackToARoomThatSkipsGetsAllTheSame() {
        reopen(Retention.keepAll(), Set.of("*"));
        bench.post(40);

        bench.join(bench.pump(connection), ADA, after(1));
        read(connection, 40);

        assertThat(connection.messages("gap")).isEmpty();
        assertThat(connection.seqs()).isEqualTo(range(2, 40));
    }

    @Test
    void slowReaderOfAnyOtherRoomGetsAllTheSame() {
        bench.member(connection, ADA);
        connection.hold();
        fill(40);

        connection.release();
        read(connection, 40);

        assertThat(connection.messages("gap")).isEmpty();
        assertThat(connection.seqs()).isEqualTo(upTo(40));
    }

    @Test
    void rejoinMovesTheCursor() {
        Pump pump = bench.member(connection, ADA);
        bench.post(3);
        bench.executor.run();

        bench.join(pump, ADA, after(1));
        bench.post(1);
        bench.executor.run();

        assertThat(connection.seqs()).containsExactly(1L, 2L, 3L, 2L, 3L, 4L);
        assertThat(connection.messages("joined")).hasSize(2);
    }

    @Test
    void rejoinWithoutACursorStaysWhereItIs() {
        Pump pump = bench.member(connection, ADA);
        bench.post(3);
        bench.executor.run();

        bench.join(pump, ADA, Optional.empty());

        assertThat(connection.seqs()).containsExactly(1L, 2L, 3L);
        assertThat(connection.messages("joined").get(1).getString("cursor")).endsWith(":3");
    }

    @Test
    void rejoinWhileAReadIsUnderWayDropsWhatThatReads() {
        bench.member(new RecordingConnection(), HAN);
        fill(100);
        Pump pump = bench.pump(connection);
        bench.log.holdReads();
        pump.join(await(bench.rooms.open(LOBBY)), ADA, after(3), Optional.empty());
        bench.executor.run();
        pump.join(await(bench.rooms.open(LOBBY)), ADA, after(50), Optional.empty());
        bench.executor.run();

        bench.log.releaseReads();
        read(connection, 100);

        assertThat(connection.seqs()).isEqualTo(range(51, 100));
    }

    @Test
    void readThatEndsAfterTheLeaveIsDropped() {
        bench.member(new RecordingConnection(), HAN);
        fill(100);
        Pump pump = bench.pump(connection);
        bench.log.holdReads();
        pump.join(await(bench.rooms.open(LOBBY)), ADA, after(3), Optional.empty());
        bench.executor.run();
        assertThat(pump.leave(LOBBY)).isTrue();

        bench.log.awaitReads();
        bench.log.releaseReads();
        bench.executor.run();
        bench.join(pump, ADA, after(90));
        read(connection, 100);

        assertThat(connection.seqs()).isEqualTo(range(91, 100));
    }

    @Test
    void nothingOfARoomComesAfterTheLeave() {
        Pump pump = bench.member(connection, ADA);
        bench.member(new RecordingConnection(), HAN);
        bench.post(1);
        pump.leave(LOBBY);

        bench.executor.run();
        bench.open().typing(HAN);
        bench.executor.run();

        assertThat(connection.types()).containsExactly("joined");
        assertThat(pump.leave(LOBBY)).isFalse();
    }

    @Test
    void typingIsToldToOthersOnceASecond() {
        RecordingConnection other = new RecordingConnection();
        bench.member(connection, ADA);
        bench.member(other, HAN);
        for (int i = 0; i < 100; i++) {
            bench.open().typing(ADA);
        }
        assertThat(bench.executor.waiting()).isEqualTo(1);
        bench.executor.run();

        assertThat(connection.messages("typing")).isEmpty();
        assertThat(other.messages("typing")).hasSize(1);
        bench.timer.advance(Duration.ofSeconds(1));
        bench.open().typing(ADA);
        bench.executor.run();
        assertThat(other.messages("typing")).hasSize(2);
    }

    @Test
    void newestTypingOfABusyTimeIsToldWhenTheWriteEnds() {
        RecordingConnection busy = new RecordingConnection();
        bench.member(busy, HAN);
        bench.executor.run();
        busy.hold();
        bench.post(1);
        bench.executor.run();
        for (int i = 0; i < 3; i++) {
            bench.open().typing(ADA);
            bench.timer.advance(Duration.ofSeconds(1));
            bench.executor.run();
        }
        assertThat(busy.messages("typing")).isEmpty();

        busy.release();
        bench.executor.run();

        assertThat(busy.messages("typing")).hasSize(1);
    }

    @Test
    void writeWithoutProgressEndsTheConnectionAsSlow() {
        bench.member(connection, ADA);
        connection.hold();
        bench.post(1);
        bench.executor.run();

        bench.timer.advance(Bench.WRITE_TIMEOUT.minusMillis(500));
        assertThat(connection.closes()).isEmpty();
        bench.timer.advance(Duration.ofSeconds(1));

        assertThat(connection.closes()).containsExactly(CloseCode.SLOW);
        connection.finishWrite();
        bench.post(1);
        bench.executor.run();
        assertThat(connection.seqs()).containsExactly(1L);
    }

    @Test
    void waitForAThreadIsNoSlowWrite() {
        Pump pump = bench.pump(connection);
        pump.send(new ServerMessage.Pong(Optional.empty()));

        bench.timer.advance(Duration.ofMinutes(1));
        bench.executor.run();

        assertThat(connection.closes()).isEmpty();
        assertThat(connection.types()).containsExactly("pong");
    }

    @Test
    void clientThatAsksAndDoesNotReadIsCut() {
        Pump pump = bench.pump(connection.hold());

        for (int i = 0; i < 30_000 && connection.closes().isEmpty(); i++) {
            pump.send(new ServerMessage.Pong(Optional.empty()));
        }

        assertThat(connection.closes()).containsExactly(CloseCode.SLOW);
    }

    @Test
    void silentConnectionIsAskedAndStaysIfItAnswers() {
        Pump pump = bench.pump(connection);

        for (int i = 1; i <= 5; i++) {
            bench.timer.advance(Bench.HEARTBEAT);
            bench.executor.run();
            assertThat(connection.messages("ping")).hasSize(i);
            assertThat(connection.pings()).isEqualTo(i);
            pump.heard();
        }
        assertThat(connection.closes()).isEmpty();
    }

    @Test
    void deadPeerIsClosedAfterTwoHeartbeats() {
        bench.pump(connection);

        bench.timer.advance(Bench.HEARTBEAT);
        bench.executor.run();
        bench.timer.advance(Bench.HEARTBEAT.minusSeconds(1));
        bench.executor.run();
        assertThat(connection.closes()).isEmpty();
        bench.timer.advance(Duration.ofSeconds(1));

        assertThat(connection.closes()).containsExactly(CloseCode.GOING_AWAY);
    }

    @Test
    void peerThatIsWrittenToAllTheTimeIsAskedToo() {
        bench.member(connection, ADA);
        for (int second = 0; second < 51; second++) {
            bench.post(1);
            bench.executor.run();
            bench.timer.advance(Duration.ofSeconds(1));
            bench.executor.run();
        }

        assertThat(connection.pings()).isEqualTo(1);
        assertThat(connection.messages("ping")).isEmpty();
        assertThat(connection.closes()).containsExactly(CloseCode.GOING_AWAY);
    }

    @Test
    void farewellComesAfterTheAnswersThatWait() {
        Pump pump = bench.pump(connection.hold());
        pump.send(new ServerMessage.Pong(Optional.empty()));
        bench.executor.run();
        pump.send(new ServerMessage.Left(Optional.empty(), LOBBY));
        bench.delivery.finish();
        assertThat(connection.closes()).isEmpty();

        connection.release();

        assertThat(connection.types()).containsExactly("pong", "left", "bye");
        assertThat(connection.closes()).containsExactly(CloseCode.GOING_AWAY);
        bench.delivery.awaitEmpty(Duration.ofSeconds(20));
    }

    @Test
    void failingWriteEndsTheConnectionAndItsPresence() {
        RecordingConnection other = new RecordingConnection();
        bench.member(other, HAN);
        bench.member(connection, ADA);
        bench.timer.advance(Duration.ofSeconds(1));
        bench.executor.run();
        connection.fail();
        bench.post(1);
        bench.executor.run();
        assertThat(connection.closes()).containsExactly(CloseCode.GOING_AWAY);

        bench.timer.advance(Duration.ofSeconds(6));
        bench.executor.run();

        List<JsonObject> presence = other.messages("presence");
        assertThat(presence.get(presence.size() - 1).getInt("count")).isEqualTo(1);
        assertThat(connection.seqs()).containsExactly(1L);
    }

    @Test
    void framesThatWaitAreNotWrittenAfterTheClose() {
        Pump pump = bench.delivery.pump(connection.hold(), PlainFormat.TEXT);
        bench.join(pump, ADA, Optional.empty());
        bench.post("a");
        bench.post("b");
        bench.post("c");
        bench.executor.run();
        assertThat(connection.texts()).containsExactly("a");

        connection.failWrite();
        bench.executor.run();

        assertThat(connection.texts()).containsExactly("a");
        assertThat(connection.closes()).hasSize(1);
    }

    @Test
    void writeThatThrowsHurtsNobodyElse() {
        Connection broken = new Connection() {
            @Override
            public void write(dev.parley.protocol.Frame frame, Written written) {
                throw new IllegalStateException("expected");
            }

            @Override
            public void ping(Written written) {}

            @Override
            public void close(CloseCode code, String reason) {
                assertThat(code).isEqualTo(CloseCode.SERVER_FAULT);
            }
        };
        bench.member(broken, HAN);
        bench.member(connection, ADA);

        bench.post(2);
        bench.executor.run();

        assertThat(connection.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void slowReaderOfTheLogFormatHearsTheLastCountOnly() {
        Pump pump = bench.delivery.pump(connection, PlainFormat.LOG);
        bench.join(pump, ADA, Optional.empty());
        connection.hold();
        bench.post("a");
        bench.executor.run();
        for (int i = 0; i < 10; i++) {
            bench.member(new RecordingConnection(), HAN);
        }

        connection.release();
        bench.executor.run();

        assertThat(connection.texts()).containsExactly("connected:1", "log:a", "connected:11");
    }

    @Test
    void connectionThatIsClosedJoinsNothing() {
        Pump pump = bench.pump(connection);
        pump.closed();

        bench.join(pump, ADA, Optional.empty());

        assertThat(pump.rooms()).isZero();
        assertThat(connection.frames()).isEmpty();
        assertThat(connection.closes()).isEmpty();
    }
}
