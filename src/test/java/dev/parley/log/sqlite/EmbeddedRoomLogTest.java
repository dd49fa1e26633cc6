package dev.parley.log.sqlite;

import static dev.parley.log.Stages.await;
import static dev.parley.log.Stages.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.Entry;
import dev.parley.log.Extent;
import dev.parley.log.LogException;
import dev.parley.log.LogFullException;
import dev.parley.log.RoomLog;
import dev.parley.log.RoomLogContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRoomLogTest extends RoomLogContract {

    @TempDir
    Path folder;

    @Override
    protected RoomLog open() {
        return EmbeddedRoomLog.open(folder.resolve("data?/of ours"), Retention.keepAll(), timer);
    }

    private Connection otherProgram() throws SQLException {
        return SqliteFiles.connect(folder.resolve("data?/of ours/parley.db"));
    }

    @Test
    void storedIsDisk() {
        assertThat(log().stored()).isEqualTo("disk");
    }

    @Test
    void fileOfTheFirstVersionIsReadOn() throws Exception {
        log().close();
        Path data = Files.createDirectory(folder.resolve("old"));
        Path file = data.resolve("parley.db");
        for (String sql : Schema.STEPS.get(0)) {
            SqliteFiles.execute(file, sql);
        }
        SqliteFiles.execute(file, "INSERT INTO log VALUES ('old', zeroblob(32))");
        SqliteFiles.execute(
                file, "INSERT INTO room VALUES (1, '" + LOBBY + "', 2, 0, 0), (2, '" + OTHER + "', 7, 7, 7)");
        SqliteFiles.execute(
                file,
                "INSERT INTO entry SELECT 1 << 36 | seq, 0, 'key ' || seq, '" + ADA.id() + "', '" + ADA.name()
                        + "', 'text ' || seq, NULL FROM (SELECT 1 AS seq UNION SELECT 2)");
        SqliteFiles.execute(file, "PRAGMA application_id = " + Schema.APPLICATION_ID);
        SqliteFiles.execute(file, "PRAGMA user_version = 1");

        try (RoomLog old = EmbeddedRoomLog.open(data, Retention.keepAll(), timer)) {
            assertThat(await(old.extent(LOBBY))).isEqualTo(new Extent("old", 0, 2));
            assertThat(await(old.extent(OTHER))).isEqualTo(new Extent("old", 7, 7));
            assertThat(await(old.append(draft(LOBBY, "key 1", ADA, "text 1")))).isEqualTo(new Appended(1, true));
            assertThat(await(old.append(draft(LOBBY, "key 3", ADA, "text 3")))).isEqualTo(new Appended(3, false));
            assertThat(await(old.append(draft(OTHER, "key 3", ADA, "text 3")))).isEqualTo(new Appended(8, false));
        }
    }

    @Test
    void whatQueuesUpWhileTheWriterIsBusyGoesIntoOneCommit() throws Exception {
        List<Integer> commits = new CopyOnWriteArrayList<>();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        log().listen(entries -> {
            commits.add(entries.size());
            writing.countDown();
            awaitLatch(goOn);
        });
        List<CompletionStage<Appended>> stages = new ArrayList<>();
        stages.add(log().append(draft(LOBBY, "first", ADA, "first")));
        awaitLatch(writing);
        IntStream.range(0, Inbox.MAX_BATCH + 500)
                .forEach(n -> stages.add(log().append(draft(LOBBY, "key " + n, ADA, "text " + n))));
        goOn.countDown();

        awaitAll(stages);
        assertThat(commits).containsExactly(1, Inbox.MAX_BATCH, 500);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void appendCompletesAfterTheListenersHaveHeard() {
        AtomicInteger heard = new AtomicInteger();
        List<String> threads = new CopyOnWriteArrayList<>();
        log().listen(entries -> {
            heard.addAndGet(entries.size());
            threads.add(Thread.currentThread().getName());
        });
        for (int n = 1; n <= 20; n++) {
            fill(LOBBY, n, n);
            assertThat(heard).hasValue(n);
        }
        assertThat(threads).containsOnly("parley-log-writer");
    }

    @Test
    void tooManyWaitingDraftsAreRefusedAndTheOthersAreKept() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        log().listen(entries -> {
            writing.countDown();
            awaitLatch(goOn);
        });
        CompletionStage<Appended> first = log().append(draft(LOBBY, "first", ADA, "first"));
        awaitLatch(writing);
        String text = "x".repeat(Inbox.MAX_WAITING_CHARS / 4);
        List<CompletionStage<Appended>> taken = IntStream.range(0, 4)
                .mapToObj(n -> log().append(draft(LOBBY, "key " + n, ADA, text)))
                .toList();
        CompletionStage<Appended> refused = log().append(draft(LOBBY, "refused", ADA, "small"));
        goOn.countDown();

        assertThatThrownBy(() -> await(refused))
                .isInstanceOf(LogFullException.class)
                .hasMessageStartingWith("4 ");
        assertThat(await(first).seq()).isEqualTo(1);
        assertThat(awaitAll(taken)).extracting(Appended::seq).containsExactly(2L, 3L, 4L, 5L);
        assertThat(await(log().append(draft(LOBBY, "refused", ADA, "small"))).seq())
                .isEqualTo(6);
    }

    @Test
    void inboxHoldsSoManyDraftsAndNoMore() {
        Inbox inbox = new Inbox();
        Append append = new Append(new Draft(LOBBY, "k", ADA, "t"), new CompletableFuture<>());
        IntStream.range(0, Inbox.MAX_WAITING).forEach(n -> inbox.put(append));

        assertThatThrownBy(() -> inbox.put(append)).isInstanceOf(LogFullException.class);
        inbox.drainTo(new ArrayList<>());
        inbox.put(append);
    }

    @Test
    void commitTakesSoManyCharactersAndNotMuchMore() {
        Inbox inbox = new Inbox();
        Draft half = new Draft(LOBBY, "k", ADA, "x".repeat(Inbox.MAX_BATCH_CHARS / 2));
        IntStream.range(0, 3).forEach(n -> inbox.put(new Append(half, new CompletableFuture<>())));
        List<Append> first = new ArrayList<>();
        List<Append> second = new ArrayList<>();

        inbox.drainTo(first);
        inbox.drainTo(second);

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
    }

    @Test
    void commitThatFailsLeavesNoTraceAndTheLogGoesOn() throws Exception {
        List<Entry> heard = new CopyOnWriteArrayList<>();
        log().listen(heard::addAll);
        fill(LOBBY, 1, 2);
        try (Connection other = otherProgram();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TRIGGER full BEFORE INSERT ON entry WHEN NEW.text = 'too much'"
                    + " BEGIN SELECT RAISE(ROLLBACK, 'as if the disk was full'); END");
            for (int round = 0; round < 3; round++) {
                assertThatThrownBy(() -> await(log().append(draft(LOBBY, "3", ADA, "too much"))))
                        .isInstanceOf(LogException.class)
                        .hasMessageContaining("parley.db")
                        .hasMessageContaining("as if the disk was full");
                assertThatThrownBy(() -> await(log().append(draft(OTHER, "1", ADA, "too much"))))
                        .isInstanceOf(LogException.class);
            }
            statement.execute("DROP TRIGGER full");
        }

        assertThat(await(log().append(draft(LOBBY, "3", ADA, "too much")))).isEqualTo(new Appended(3, false));
        assertThat(await(log().append(draft(OTHER, "1", ADA, "too much")))).isEqualTo(new Appended(1, false));
        assertThat(heard).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 1L);
    }

    @Test
    void afterAnyErrorTheLogGoesOnAsSoonAsItsCauseIsGone() throws Exception {
        fill(LOBBY, 1, 2);
        try (Connection other = otherProgram();
                Statement statement = other.createStatement()) {
            statement.execute("ALTER TABLE entry RENAME TO away");
            for (int round = 0; round < 3; round++) {
                assertThatThrownBy(() -> await(log().append(draft(LOBBY, "3", ADA, "text"))))
                        .isInstanceOf(LogException.class)
                        .hasMessageContaining("no such table");
                assertThatThrownBy(() -> await(log().after(LOBBY, 0, 10)))
                        .isInstanceOf(LogException.class)
                        .hasMessageContaining("no such table");
            }
            statement.execute("ALTER TABLE away RENAME TO entry");
        }

        assertThat(await(log().append(draft(LOBBY, "3", ADA, "text")))).isEqualTo(new Appended(3, false));
        assertThat(all(LOBBY)).hasSize(3);
    }

    @Test
    void pagesAreReadWhileACommitWaits() throws Exception {
        fill(LOBBY, 1, 2);
        CompletionStage<Appended> waiting;
        try (Connection other = otherProgram();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            waiting = log().append(draft(LOBBY, "key 3", ADA, "text 3"));

            assertThat(await(log().after(LOBBY, 0, 10)).extent().head()).isEqualTo(2);
            assertThat(waiting.toCompletableFuture()).isNotDone();
            statement.execute("ROLLBACK");
        }
        assertThat(await(waiting).seq()).isEqualTo(3);
    }

    @Test
    void closeLeavesNoThreadNoTimerTaskNoDriverAndOneFile() throws Exception {
        fill(LOBBY, 1, 10);
        await(log().extent(LOBBY));
        log().close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("parley-log"));
        assertThat(timer.waiting()).isZero();
        assertThat(DriverManager.drivers()).noneMatch(driver -> driver instanceof org.sqlite.JDBC);
        assertThat(System.getProperties().stringPropertyNames()).noneMatch(name -> name.startsWith("parley.lock"));
        try (Stream<Path> files = Files.list(folder.resolve("data?/of ours"))) {
            assertThat(files)
                    .extracting(file -> String.valueOf(file.getFileName()))
                    .containsExactlyInAnyOrder("parley.db", "parley.lock");
        }
    }

    @Test
    void closeOnTheWritersThreadIsRefused() {
        CompletionStage<Appended> closing = log().append(draft(LOBBY, "1", ADA, "a"))
                .thenApply(appended -> {
                    if (Thread.currentThread().getName().equals("parley-log-writer")) {
                        assertThatIllegalStateException().isThrownBy(() -> log().close());
                    }
                    return appended;
                });

        assertThat(await(closing).seq()).isEqualTo(1);
    }

    @Test
    void newFileIsNewAndAnotherLogsIsNot() {
        String epoch = await(log().extent(LOBBY)).epoch();
        try (RoomLog another = EmbeddedRoomLog.open(folder.resolve("another"), Retention.keepAll(), timer)) {
            assertThat(await(another.extent(LOBBY)).epoch()).isNotEqualTo(epoch).hasSize(8);
            assertThat(another.secret()).isNotEqualTo(log().secret());
        }
    }
}
