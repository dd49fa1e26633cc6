package dev.parley.log;

import static dev.parley.log.Stages.await;
import static dev.parley.log.Stages.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import dev.parley.time.ManualTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link RoomLog} promises of every store. A store's test says how to open it. */
public abstract class RoomLogContract {

    private static final Instant EARLIER = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2101-01-01T00:00:00Z");

    protected static final RoomName LOBBY = new RoomName("lobby");
    protected static final RoomName OTHER = new RoomName("图书馆.2");
    protected static final Person ADA = person("a1", "Ada");
    protected static final Person LI = person("b2", "李雷");

    protected final ManualTimer timer = new ManualTimer();
    private RoomLog log;

    /** Opens the test's one store with the clock {@link #timer}; after a close, the same store again. */
    protected abstract RoomLog open();

    @BeforeEach
    void openFirst() {
        log = open();
    }

    @AfterEach
    void closeLast() {
        log.close();
    }

    /** Closes the log and opens it again. */
    protected final RoomLog reopen() {
        log.close();
        log = open();
        return log;
    }

    /** The log that is open now. */
    protected final RoomLog log() {
        return log;
    }

    /** A guest whose id was made at {@code made}. */
    protected static Person guestMade(Instant made, String name) {
        return person(Person.guestId(made, new byte[Person.GUEST_RANDOM_BYTES]), name);
    }

    protected static Person person(String id, String name) {
        return new Person(id, new PersonName(name));
    }

    protected static Draft draft(RoomName room, String key, Person author, String text) {
        return new Draft(room, key, author, text);
    }

    /** Appends {@code first} to {@code last} with keys and texts of their numbers, and waits for them. */
    protected final void fill(RoomName room, int first, int last) {
        awaitAll(IntStream.rangeClosed(first, last)
                .mapToObj(n -> log.append(draft(room, "key " + n, ADA, "text " + n)))
                .toList());
    }

    protected final List<Entry> all(RoomName room) {
        List<Entry> entries = new ArrayList<>();
        Page page;
        do {
            long seq = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
            page = await(log.after(room, seq, 1000));
            entries.addAll(page.entries());
        } while (!page.entries().isEmpty());
        return entries;
    }

    private static List<Long> seqs(Page page) {
        return page.entries().stream().map(Entry::seq).toList();
    }

    @Test
    void unknownRoomIsEmpty() {
        Extent extent = await(log.extent(LOBBY));

        assertThat(extent.epoch()).matches("[a-z0-9]{1,16}");
        assertThat(extent).isEqualTo(new Extent(extent.epoch(), 0, 0));
        assertThat(await(log.after(LOBBY, 0, 10))).isEqualTo(new Page(List.of(), extent));
        assertThat(await(log.before(LOBBY, Long.MAX_VALUE, 10))).isEqualTo(new Page(List.of(), extent));
    }

    @Test
    void everyRoomCountsFromOne() {
        assertThat(await(log.append(draft(LOBBY, "1", ADA, "a")))).isEqualTo(new Appended(1, false));
        assertThat(await(log.append(draft(LOBBY, "2", ADA, "b")))).isEqualTo(new Appended(2, false));
        assertThat(await(log.append(draft(OTHER, "1", ADA, "c")))).isEqualTo(new Appended(1, false));
    }

    @Test
    void entryComesBackAsItWasSent() {
        timer.advance(Duration.ofNanos(123_456_789));
        await(log.append(draft(OTHER, "k🔑", LI, "你好")));

        assertThat(all(OTHER))
                .containsExactly(new Entry(OTHER, 1, timer.now().truncatedTo(ChronoUnit.MILLIS), "k🔑", LI, "你好"));
    }

    @Test
    void anyUnicodeTextComesBack() {
        List<String> texts = List.of(
                "\0",
                "a\0b",
                "👩‍👩‍👧 🇨🇳",
                "\r\n\t\u0001\u007f",
                "\ufffe\uffff",
                "\u202eabc",
                "e\u0301",
                "𝔘",
                "'\"\\%_");
        for (int i = 0; i < texts.size(); i++) {
            await(log.append(draft(LOBBY, "key\0" + i, ADA, texts.get(i))));
        }

        assertThat(all(LOBBY)).extracting(Entry::text).isEqualTo(texts);
        assertThat(await(log.append(draft(LOBBY, "key\0" + 1, ADA, "a\0b")))).isEqualTo(new Appended(2, true));
    }

    @Test
    void longTextComesBack() {
        String text = "長い😀".repeat(50_000);
        await(log.append(draft(LOBBY, "1", ADA, text)));

        assertThat(all(LOBBY)).extracting(Entry::text).containsExactly(text);
    }

    @Test
    void keyUsedAgainForTheSameTextGivesTheFirstEntry() {
        await(log.append(draft(LOBBY, "1", ADA, "a")));
        await(log.append(draft(LOBBY, "2", ADA, "b")));

        assertThat(await(log.append(draft(LOBBY, "1", ADA, "a")))).isEqualTo(new Appended(1, true));
        assertThat(all(LOBBY)).hasSize(2);
    }

    @Test
    void withoutAKeyEveryDraftIsNewAndHasAKeyOfItsPlace() {
        List<Entry> heard = new CopyOnWriteArrayList<>();
        log.listen(heard::addAll);
        Draft draft = new Draft(LOBBY, Optional.empty(), ADA, "a");

        assertThat(await(log.append(draft))).isEqualTo(new Appended(1, false));
        assertThat(await(log.append(draft))).isEqualTo(new Appended(2, false));
        assertThat(all(LOBBY)).isEqualTo(heard).extracting(Entry::key).containsExactly("s-1", "s-2");
        assertThat(await(reopen().append(draft))).isEqualTo(new Appended(3, false));
        assertThat(await(log.append(draft(LOBBY, "s-2", ADA, "a"))))
                .as("a sender's own key, though it looks like one of a place")
                .isEqualTo(new Appended(4, false));
    }

    @Test
    void keyIsKnownAfterReopening() {
        await(log.append(draft(LOBBY, "1", ADA, "a")));

        assertThat(await(reopen().append(draft(LOBBY, "1", ADA, "a")))).isEqualTo(new Appended(1, true));
    }

    @Test
    void draftsOfOneKeyInFlightTogetherBecomeOneEntry() {
        List<CompletionStage<Appended>> stages = IntStream.range(0, 50)
                .mapToObj(n -> log.append(draft(LOBBY, "1", ADA, "a")))
                .toList();

        assertThat(awaitAll(stages)).containsOnly(new Appended(1, false), new Appended(1, true));
        assertThat(awaitAll(stages)).containsOnlyOnce(new Appended(1, false));
        assertThat(all(LOBBY)).hasSize(1);
    }

    @Test
    void keyUsedAgainByTheSameAuthorForAnotherTextIsRefused() {
        await(log.append(draft(LOBBY, "1", ADA, "a")));

        assertThatThrownBy(() -> await(log.append(draft(LOBBY, "1", ADA, "b"))))
                .isInstanceOf(KeyReusedException.class)
                .hasMessageContaining("'1'");
        assertThat(all(LOBBY)).extracting(Entry::text).containsExactly("a");
    }

    @Test
    void refusedKeyDoesNotHurtDraftsInFlightWithIt() {
        List<CompletionStage<Appended>> good = new ArrayList<>();
        List<CompletionStage<Appended>> bad = new ArrayList<>();
        good.add(log.append(draft(LOBBY, "same", ADA, "first")));
        for (int n = 2; n <= 30; n++) {
            bad.add(log.append(draft(LOBBY, "same", ADA, "not " + n)));
            good.add(log.append(draft(LOBBY, "key " + n, ADA, "text " + n)));
        }

        assertThat(awaitAll(good))
                .extracting(Appended::seq)
                .isEqualTo(LongStream.rangeClosed(1, 30).boxed().toList());
        assertThat(bad)
                .allSatisfy(stage -> assertThatThrownBy(() -> await(stage)).isInstanceOf(KeyReusedException.class));
    }

    @Test
    void guestWhoLostTheCookieIsTakenForTheSameAuthor() {
        await(log.append(draft(LOBBY, "1", person("old", "Ada"), "a")));

        assertThat(await(log.append(draft(LOBBY, "1", guestMade(LATER, "Ada"), "a"))))
                .isEqualTo(new Appended(1, true));
        assertThat(all(LOBBY)).extracting(entry -> entry.author().id()).containsExactly("old");
    }

    @Test
    void guestWithoutACookieOrANameIsTakenForTheSameAuthor() {
        await(log.append(draft(LOBBY, "1", person("old", "Guest 1234"), "a")));

        assertThat(await(log.append(draft(LOBBY, "1", guestMade(LATER, "Guest 9876"), "a"))))
                .isEqualTo(new Appended(1, true));
        assertThat(await(log.append(draft(LOBBY, "1", guestMade(LATER, "Guest of Ada"), "a"))))
                .isEqualTo(new Appended(2, false));
    }

    @Test
    void guestWhoWasThereBeforeTheEntryIsSomebodyElse() {
        await(log.append(draft(LOBBY, "1", guestMade(EARLIER, "Guest 1234"), "a")));

        assertThat(await(log.append(draft(LOBBY, "1", guestMade(EARLIER.plusMillis(1), "Guest 9876"), "a"))))
                .isEqualTo(new Appended(2, false));
    }

    @Test
    void sameKeyOfAnotherNameOrOfAnotherGuestsTextIsAnotherEntry() {
        await(log.append(draft(LOBBY, "1", ADA, "a")));

        assertThat(await(log.append(draft(LOBBY, "1", LI, "a")))).isEqualTo(new Appended(2, false));
        assertThat(await(log.append(draft(LOBBY, "1", person("new", "Ada"), "b"))))
                .isEqualTo(new Appended(3, false));
        assertThat(await(log.append(draft(LOBBY, "1", LI, "a")))).isEqualTo(new Appended(2, true));
    }

    @Test
    void authorMayChangeNameBetweenTries() {
        await(log.append(draft(LOBBY, "1", ADA, "a")));

        assertThat(await(log.append(draft(LOBBY, "1", person(ADA.id(), "Augusta"), "a"))))
                .isEqualTo(new Appended(1, true));
        assertThat(all(LOBBY)).extracting(Entry::author).containsExactly(ADA);
    }

    @Test
    void sameKeyInAnotherRoomIsAnotherEntry() {
        await(log.append(draft(LOBBY, "1", ADA, "a")));

        assertThat(await(log.append(draft(OTHER, "1", ADA, "b")))).isEqualTo(new Appended(1, false));
    }

    @Test
    void pagesForwardComeInOrder() {
        fill(LOBBY, 1, 10);
        fill(OTHER, 1, 3);
        Extent extent = await(log.extent(LOBBY));

        assertThat(extent).isEqualTo(new Extent(extent.epoch(), 0, 10));
        assertThat(seqs(await(log.after(LOBBY, 0, 4)))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(seqs(await(log.after(LOBBY, 4, 1)))).containsExactly(5L);
        assertThat(seqs(await(log.after(LOBBY, 8, 1000)))).containsExactly(9L, 10L);
        assertThat(await(log.after(LOBBY, 10, 5))).isEqualTo(new Page(List.of(), extent));
        assertThat(await(log.after(LOBBY, Long.MAX_VALUE, 5))).isEqualTo(new Page(List.of(), extent));
        assertThat(seqs(await(log.after(LOBBY, -5, 1)))).containsExactly(1L);
    }

    @Test
    void pagesBackwardComeOldestFirst() {
        fill(LOBBY, 1, 10);
        fill(OTHER, 1, 3);

        assertThat(seqs(await(log.before(LOBBY, 11, 3)))).containsExactly(8L, 9L, 10L);
        assertThat(seqs(await(log.before(LOBBY, Long.MAX_VALUE, 2)))).containsExactly(9L, 10L);
        assertThat(seqs(await(log.before(LOBBY, 8, 1)))).containsExactly(7L);
        assertThat(seqs(await(log.before(LOBBY, 3, 1000)))).containsExactly(1L, 2L);
        assertThat(seqs(await(log.before(LOBBY, 1, 5)))).isEmpty();
        assertThat(seqs(await(log.before(LOBBY, -1, 5)))).isEmpty();
        assertThat(await(log.before(LOBBY, 1, 5)).extent().head()).isEqualTo(10);
    }

    @Test
    void pageOfNoneOrOfMoreThanAThousandIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.after(LOBBY, 0, 0))
                .withMessageContaining("1 to 1000");
        assertThatIllegalArgumentException().isThrownBy(() -> log.before(LOBBY, 9, 1001));
    }

    @Test
    void whatWasAcknowledgedIsReadAtOnce() {
        for (int n = 1; n <= 50; n++) {
            fill(LOBBY, n, n);
            Page page = await(log.after(LOBBY, n - 1, 10));

            assertThat(page.entries()).extracting(Entry::text).containsExactly("text " + n);
            assertThat(page.extent().head()).isEqualTo(n);
        }
    }

    @Test
    void listenersHearEveryEntryOnceAndInOrder() {
        List<Entry> heard = new CopyOnWriteArrayList<>();
        List<Entry> heardToo = new CopyOnWriteArrayList<>();
        log.listen(heard::addAll);
        log.listen(heardToo::addAll);

        fill(LOBBY, 1, 100);
        fill(LOBBY, 50, 150);
        assertThatThrownBy(() -> await(log.append(draft(LOBBY, "key 1", ADA, "another"))))
                .isInstanceOf(KeyReusedException.class);
        fill(LOBBY, 151, 151);

        awaitUntil(() -> heardToo.size() >= 151);
        assertThat(heard).isEqualTo(all(LOBBY));
        assertThat(heardToo).isEqualTo(heard);
    }

    @Test
    void listenerThatThrowsHurtsNobody() {
        List<Entry> heard = new CopyOnWriteArrayList<>();
        log.listen(entries -> {
            throw new IllegalStateException("expected: a listener that throws");
        });
        log.listen(heard::addAll);

        fill(LOBBY, 1, 3);

        awaitUntil(() -> heard.size() >= 3);
        assertThat(all(LOBBY)).hasSize(3);
    }

    @Test
    void manyAppendersLeaveNoHoleAndLoseNothing() throws InterruptedException {
        List<Entry> heard = new CopyOnWriteArrayList<>();
        log.listen(heard::addAll);
        List<CompletionStage<Appended>> stages = new CopyOnWriteArrayList<>();
        List<Thread> appenders = IntStream.range(0, 8)
                .mapToObj(a -> new Thread(() -> {
                    for (int n = 0; n < 200; n++) {
                        RoomName room = new RoomName("room" + n % 5);
                        stages.add(log.append(draft(room, a + "-" + n, person("p" + a, "P" + a), a + " says " + n)));
                    }
                }))
                .toList();
        appenders.forEach(Thread::start);
        for (Thread appender : appenders) {
            appender.join(20_000);
        }

        assertThat(awaitAll(stages)).hasSize(1600).noneMatch(Appended::duplicate);
        awaitUntil(() -> heard.size() >= 1600);
        reopen();
        for (int r = 0; r < 5; r++) {
            RoomName room = new RoomName("room" + r);
            List<Entry> entries = all(room);
            assertThat(entries)
                    .extracting(Entry::seq)
                    .isEqualTo(LongStream.rangeClosed(1, 320).boxed().toList());
            assertThat(entries).extracting(Entry::key).doesNotHaveDuplicates();
            assertThat(heard).filteredOn(entry -> entry.room().equals(room)).isEqualTo(entries);
        }
    }

    @Test
    void logThatIsOpenedAgainIsTheSame() {
        fill(LOBBY, 1, 3);
        Extent extent = await(log.extent(LOBBY));
        List<Entry> entries = all(LOBBY);
        byte[] secret = log.secret();

        reopen();

        assertThat(await(log.extent(LOBBY))).isEqualTo(extent);
        assertThat(all(LOBBY)).isEqualTo(entries);
        assertThat(log.secret()).isEqualTo(secret).hasSize(32);
        assertThat(await(log.append(draft(LOBBY, "next", ADA, "d")))).isEqualTo(new Appended(4, false));
    }

    @Test
    void secretCannotBeChangedFromOutside() {
        byte[] secret = log.secret();
        log.secret()[0]++;

        assertThat(log.secret()).isEqualTo(secret);
    }

    @Test
    void closeFinishesWhatWasTakenAndRefusesTheRest() {
        List<CompletionStage<Appended>> taken = IntStream.rangeClosed(1, 2000)
                .mapToObj(n -> log.append(draft(LOBBY, "key " + n, ADA, "text " + n)))
                .toList();
        log.close();
        log.close();

        assertThat(awaitAll(taken)).hasSize(2000);
        assertThatThrownBy(() -> await(log.append(draft(LOBBY, "late", ADA, "late"))))
                .isInstanceOf(LogException.class);
        assertThatThrownBy(() -> await(log.extent(LOBBY))).isInstanceOf(LogException.class);
        reopen();
        assertThat(await(log.extent(LOBBY)).head()).isEqualTo(2000);
    }

    /** Asks the log, in place of sleeping, until {@code condition} holds. */
    protected final void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            await(log.extent(LOBBY));
        }
    }
}
