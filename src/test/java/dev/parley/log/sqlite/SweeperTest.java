package dev.parley.log.sqlite;

import static dev.parley.log.Stages.await;
import static dev.parley.log.Stages.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.Entry;
import dev.parley.log.Extent;
import dev.parley.log.KeyReusedException;
import dev.parley.log.RoomLog;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import dev.parley.time.ManualTimer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweeperTest {

    private static final RoomName ROOM = new RoomName("lobby");
    private static final Person ADA = new Person("a1", new PersonName("Ada"));
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final ManualTimer timer = new ManualTimer();
    private RoomLog log;
    private int marks;

    @BeforeEach
    void openFirst() {
        open(Retention.keepAll());
    }

    private void open(Retention retention) {
        log = EmbeddedRoomLog.open(folder, retention, timer);
    }

    private void reopen(Retention retention) {
        log.close();
        open(retention);
        settle(3);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Appended append(String key, String text) {
        return await(log.append(new Draft(ROOM, key, ADA, text)));
    }

    private void fill(int first, int last) {
        awaitAll(IntStream.rangeClosed(first, last)
                .mapToObj(n -> log.append(new Draft(ROOM, "key " + n, ADA, "text " + n)))
                .toList());
    }

    /**
     * Moves the clock, and waits until the writer has done the sweep that fell due: one step of it after each commit.
     */
    private void advance(Duration step) {
        timer.advance(step);
        settle(3);
    }

    private void settle(int steps) {
        for (int i = 0; i < steps; i++) {
            await(log.append(new Draft(new RoomName("mark"), "mark " + marks++, ADA, "mark")));
        }
    }

    private void assertExtent(long trimmed, long head) {
        Extent extent = await(log.extent(ROOM));
        assertThat(extent).isEqualTo(new Extent(extent.epoch(), trimmed, head));
        assertThat(await(log.after(ROOM, 0, 1000)).entries())
                .extracting(Entry::seq)
                .isEqualTo(IntStream.rangeClosed((int) trimmed + 1, (int) Math.min(head, trimmed + 1000))
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    private long rows() throws SQLException {
        try (Connection other = SqliteFiles.connect(folder.resolve("parley.db"));
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM entry, room WHERE room.name = 'lobby' AND place >> 36 = room.id")) {
            return row.getLong(1);
        }
    }

    @Test
    void nothingGoesByDefault() {
        fill(1, 5);

        advance(Duration.ofDays(4000));

        assertExtent(0, 5);
        assertThat(append("key 1", "text 1")).isEqualTo(new Appended(1, true));
    }

    @Test
    void entriesGoWhenTheyAreOldEnough() {
        reopen(Retention.ofAge(HOUR));
        fill(1, 3);
        advance(Duration.ofMinutes(30));
        fill(4, 5);

        advance(Duration.ofMinutes(29));
        assertExtent(0, 5);
        advance(MINUTE);
        assertExtent(3, 5);
        advance(Duration.ofMinutes(30));
        assertExtent(5, 5);
    }

    @Test
    void oldestGoWhenARoomHasTooMany() {
        reopen(Retention.ofEntries(10));
        fill(1, 10);
        advance(MINUTE);
        assertExtent(0, 10);

        fill(11, 25);
        advance(MINUTE);
        assertExtent(15, 25);
    }

    @Test
    void ageAndNumberWorkTogether() {
        reopen(new Retention(Optional.of(HOUR), OptionalLong.of(3)));
        fill(1, 5);
        advance(MINUTE);
        assertExtent(2, 5);

        advance(HOUR);
        assertExtent(5, 5);
    }

    @Test
    void pagesBackwardStopAtWhatWasTrimmed() {
        reopen(Retention.ofEntries(3));
        fill(1, 10);
        advance(MINUTE);

        assertThat(await(log.before(ROOM, 10, 1000)).entries())
                .extracting(Entry::seq)
                .containsExactly(8L, 9L);
        assertThat(await(log.before(ROOM, 8, 1000)).entries()).isEmpty();
        assertThat(await(log.before(ROOM, 5, 1000)).extent().trimmed()).isEqualTo(7);
    }

    @Test
    void keysOutliveTheirEntriesForADay() throws Exception {
        reopen(Retention.ofEntries(1));
        fill(1, 5);
        advance(MINUTE);
        assertExtent(4, 5);

        advance(Duration.ofHours(23));
        assertThat(append("key 2", "text 2")).isEqualTo(new Appended(2, true));
        assertThatThrownBy(() -> append("key 2", "another")).isInstanceOf(KeyReusedException.class);
        String made = Person.guestId(Instant.parse("2101-01-01T00:00:00Z"), new byte[Person.GUEST_RANDOM_BYTES]);
        Person guest = new Person(made, ADA.name());
        assertThat(await(log.append(new Draft(ROOM, "key 2", guest, "text 2")))).isEqualTo(new Appended(2, true));
        assertThat(rows()).isEqualTo(5);

        advance(HOUR);
        assertThat(rows()).isEqualTo(1);
        assertExtent(4, 5);
        assertThat(append("key 2", "text 2")).isEqualTo(new Appended(6, false));
    }

    @Test
    void trimmedTextIsNoLongerInTheTable() throws Exception {
        reopen(Retention.ofEntries(1));
        fill(1, 5);
        advance(MINUTE);

        try (Connection other = SqliteFiles.connect(folder.resolve("parley.db"));
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM entry WHERE text IN ('text 1', 'text 2', 'text 3', 'text 4')")) {
            assertThat(row.getLong(1)).isZero();
        }
    }

    @Test
    void headStaysWhenEverythingIsGone() throws Exception {
        reopen(Retention.ofAge(HOUR));
        fill(1, 7);
        advance(Duration.ofHours(25));
        assertThat(rows()).isZero();

        reopen(Retention.keepAll());

        assertExtent(7, 7);
        assertThat(append("key 1", "text 1")).isEqualTo(new Appended(8, false));
        assertExtent(7, 8);
    }

    @Test
    void largeRoomIsTrimmedInManySteps() {
        fill(1, 4500);
        reopen(Retention.ofEntries(100));
        settle(8);

        assertExtent(4400, 4500);
        advance(Duration.ofHours(25));
        settle(8);
        assertExtent(4400, 4500);
    }

    @Test
    void manyRoomsAreTrimmedInManySteps() {
        awaitAll(IntStream.range(0, 1500)
                .mapToObj(n -> log.append(new Draft(new RoomName("r" + n / 3), "key " + n, ADA, "text")))
                .toList());
        reopen(Retention.ofEntries(1));
        settle(8);

        for (int r = 0; r < 500; r++) {
            assertThat(await(log.extent(new RoomName("r" + r))).trimmed()).isEqualTo(2);
        }
    }

    @Test
    void busyRoomIsTrimmedBetweenMinutes() {
        reopen(Retention.ofEntries(500));
        fill(1, Sweeper.ENTRIES_BETWEEN_PASSES);
        settle(15);

        assertExtent(Sweeper.ENTRIES_BETWEEN_PASSES - 500, Sweeper.ENTRIES_BETWEEN_PASSES);
    }

    @Test
    void clockThatJumpsBackHidesNothingThatStays() {
        reopen(Retention.ofAge(HOUR));
        fill(1, 2);
        timer.jump(Duration.ofDays(-2));
        fill(3, 4);

        advance(MINUTE);
        assertExtent(0, 4);
        timer.jump(Duration.ofDays(2));
        advance(HOUR);
        assertExtent(4, 4);
    }

    @Test
    void sweepThatFailsIsTriedAgain() throws Exception {
        reopen(Retention.ofEntries(1));
        fill(1, 3);
        SqliteFiles.execute(
                folder.resolve("parley.db"),
                "CREATE TRIGGER full BEFORE UPDATE OF text ON entry BEGIN SELECT RAISE(ROLLBACK, 'expected'); END");
        advance(MINUTE);
        assertExtent(0, 3);

        SqliteFiles.execute(folder.resolve("parley.db"), "DROP TRIGGER full");
        advance(MINUTE);
        assertExtent(2, 3);
    }

    @Test
    void limitsThatKeepNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.ofAge(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.ofEntries(0));
    }
}
