package dev.parley.room;

import static dev.parley.log.Stages.await;
import static dev.parley.room.BacklogTest.ADA;
import static dev.parley.room.BacklogTest.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Draft;
import dev.parley.log.GatedLog;
import dev.parley.log.sqlite.EmbeddedRoomLog;
import dev.parley.log.sqlite.Retention;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.testing.HandCranked;
import dev.parley.time.ManualTimer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {

    private static final Person HAN = new Person("g-han", new PersonName("Han"));
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final ManualTimer timer = new ManualTimer();
    private final HandCranked turns = new HandCranked();
    private final RecordingListener listener = new RecordingListener();
    private GatedLog log;
    private Rooms rooms;
    private int keys;

    @BeforeEach
    void open() {
        log = new GatedLog(EmbeddedRoomLog.open(folder.resolve("data"), Retention.keepAll(), timer));
        rooms = new Rooms(log, new RoomSettings(4, Duration.ofSeconds(5), Set.of(), 10), timer, turns);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void post(int count) {
        for (int i = 0; i < count; i++) {
            await(log.append(new Draft(LOBBY, "key " + keys++, HAN, "text")));
        }
    }

    /** A room in which Ada listens, and nothing is left to tell. */
    private Room withAda() {
        Room room = await(rooms.open(LOBBY));
        room.attach(listener, ADA);
        settle(A_SECOND);
        listener.batches.clear();
        return room;
    }

    private void settle(Duration after) {
        turns.run();
        timer.advance(after);
        turns.run();
    }

    @Test
    void whatComesDuringATurnIsOneBatch() {
        withAda();
        post(1);
        post(3);
        turns.step();
        post(4);
        turns.run();

        assertThat(listener.batches).extracting(Batch::from).containsExactly(0L, 4L);
        assertThat(listener.batches).extracting(Batch::to).containsExactly(4L, 8L);
    }

    @Test
    void batchIsEncodedOnceForEverybody() {
        Room room = withAda();
        RecordingListener other = new RecordingListener();
        room.attach(other, HAN);
        post(1);
        turns.run();

        assertThat(listener.batches.get(0)).isSameAs(other.batches.get(0));
    }

    @Test
    void entriesThatComeWhileTheRoomIsLoadingAreNeitherLostNorDoubled() {
        post(3);
        log.holdReads();
        CompletionStage<Room> loading = rooms.open(LOBBY);
        post(4);
        log.releaseReads();
        Room room = await(loading);
        assertThat(room.head().seq()).isEqualTo(7);

        room.attach(listener, ADA);
        post(1);
        settle(Duration.ZERO);

        assertThat(room.head().seq()).isEqualTo(8);
        assertThat(listener.batches.get(listener.batches.size() - 1).to()).isEqualTo(8);
    }

    @Test
    void roomThatIsIdleIsDroppedAndComesBackRight() {
        Room room = withAda();
        post(5);
        turns.run();
        room.detach(listener, ADA, false);
        rooms.release(LOBBY);
        post(2);

        Room again = await(rooms.open(LOBBY));

        assertThat(again).isNotSameAs(room);
        assertThat(again.head().seq()).isEqualTo(7);
    }

    @Test
    void roomStaysWhileSomebodyMayBeBack() {
        Room room = withAda();
        room.detach(listener, ADA, true);
        rooms.release(LOBBY);
        assertThat(await(rooms.open(LOBBY))).isSameAs(room);
        rooms.release(LOBBY);

        timer.advance(Duration.ofSeconds(6));

        assertThat(await(rooms.open(LOBBY))).isNotSameAs(room);
    }

    @Test
    void returnWithinFiveSecondsIsNotTold() {
        Room room = withAda();
        RecordingListener other = new RecordingListener();
        room.attach(other, HAN);
        settle(A_SECOND);
        listener.batches.clear();

        room.detach(other, HAN, true);
        settle(Duration.ofMillis(4900));
        room.attach(other, HAN);
        settle(Duration.ofMinutes(1));

        assertThat(listener.texts()).isEmpty();
    }

    @Test
    void whoStaysAwayIsToldAfterFiveSeconds() {
        Room room = withAda();
        RecordingListener other = new RecordingListener();
        room.attach(other, HAN);
        settle(A_SECOND);
        listener.batches.clear();

        room.detach(other, HAN, true);
        settle(Duration.ofMillis(4900));
        assertThat(listener.texts()).isEmpty();
        settle(A_SECOND);

        assertThat(listener.texts())
                .singleElement()
                .asString()
                .contains("\"joined\":[],\"left\":[{\"id\":\"g-han\",\"name\":\"Han\"}],\"count\":1");
    }

    @Test
    void leaveIsToldAtOnce() {
        Room room = withAda();
        RecordingListener other = new RecordingListener();
        room.attach(other, HAN);
        settle(A_SECOND);
        listener.batches.clear();

        room.detach(other, HAN, false);
        settle(A_SECOND);

        assertThat(listener.texts()).hasSize(1);
    }

    @Test
    void manyWhoComeTogetherAreToldAsOne() {
        Room room = withAda();
        for (int i = 0; i < 100; i++) {
            room.attach(new RecordingListener(), new Person("g-" + i, new PersonName("Guest " + i)));
        }
        settle(A_SECOND);

        assertThat(listener.texts()).singleElement().asString().contains("\"count\":101");
    }

    @Test
    void connectionsAreCountedForWhoWantsTheNumber() {
        Room room = withAda();
        RecordingListener counting = new RecordingListener(true);
        room.attach(counting, ADA);
        room.attach(new RecordingListener(), HAN);
        turns.run();

        assertThat(counting.batches.get(counting.batches.size() - 1).connections())
                .hasValue(3);
    }

    @Test
    void listenerThatThrowsHurtsNobodyElse() {
        Room room = await(rooms.open(LOBBY));
        room.attach(
                new Listener() {
                    @Override
                    public void offer(Batch batch) {
                        throw new IllegalStateException("expected");
                    }

                    @Override
                    public void mention(Person author, Shared shared) {}

                    @Override
                    public boolean countsConnections() {
                        return false;
                    }
                },
                HAN);
        room.attach(listener, ADA);

        post(1);
        turns.run();
        post(1);
        turns.run();

        assertThat(listener.batches).extracting(Batch::to).contains(1L, 2L);
    }
}
