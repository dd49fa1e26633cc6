package dev.parley.request;

import static dev.parley.delivery.Bench.ADA;
import static dev.parley.delivery.Bench.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.Bench;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.ListingFormat;
import dev.parley.room.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {

    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration STAY = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private Bench bench;
    private Leases leases;
    private Room room;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
        leases = new Leases(bench.rooms, bench.timer);
        room = bench.rooms.open(LOBBY).toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Poll poll(Optional<Cursor> after, Duration stay) {
        return leases.poll(LOBBY, ADA, stay, after, WAIT, ListingFormat.JSON, new Poll.Answer() {
            @Override
            public void news(Cursor cursor, Frame listing) {
                answers.add(listing.text());
            }

            @Override
            public void failed(Throwable failure) {
                answers.add(failure.toString());
            }
        });
    }

    private String answer() throws InterruptedException {
        return Optional.ofNullable(answers.poll(10, TimeUnit.SECONDS)).orElse("no answer");
    }

    private int present() {
        bench.executor.run();
        return room.joined(Optional.empty(), room.head()).count();
    }

    @Test
    void whoPollsIsPresentUntilTheLeaseIsOver() throws InterruptedException {
        poll(Optional.empty(), STAY);
        bench.timer.advance(WAIT);

        assertThat(answer()).contains("\"messages\":[]");
        assertThat(present()).isEqualTo(1);
        bench.timer.advance(STAY.minusSeconds(1));
        assertThat(present()).isEqualTo(1);
        bench.timer.advance(Duration.ofSeconds(2));
        assertThat(present()).isZero();
        assertThat(leases.count()).isZero();
    }

    @Test
    void everyPollRenewsTheLease() {
        for (int i = 0; i < 5; i++) {
            poll(Optional.empty(), STAY);
            bench.timer.advance(STAY);
        }
        assertThat(present()).isEqualTo(1);
        bench.timer.advance(STAY.plus(WAIT));
        assertThat(present()).isZero();
    }

    @Test
    void whoHasNoLeaseIsPresentWhileThePollWaits() {
        poll(Optional.empty(), Duration.ZERO);
        assertThat(present()).isEqualTo(1);
        bench.timer.advance(WAIT);

        assertThat(present()).isZero();
    }

    @Test
    void waitingPollIsAnsweredByTheTurn() throws InterruptedException {
        poll(Optional.of(room.head()), STAY);
        assertThat(answers).isEmpty();
        bench.post("hello");
        bench.executor.run();

        assertThat(answer()).contains("\"text\":\"hello\"");
    }

    @Test
    void pollFarBehindReadsTheLog() throws InterruptedException {
        Cursor start = room.head();
        bench.post(20);
        bench.executor.run();
        poll(Optional.of(start), STAY);

        assertThat(answer()).contains("\"seq\":1,", "\"seq\":20,");
    }

    @Test
    void finishAnswersWhoWaits() throws InterruptedException {
        poll(Optional.empty(), STAY);
        leases.finish();

        assertThat(answer()).contains("\"messages\":[]");
        assertThat(List.copyOf(answers)).isEmpty();
    }

    @Test
    void whoIsGoneIsNotAnswered() {
        Poll poll = poll(Optional.empty(), Duration.ZERO);

        assertThat(poll.cancel()).isTrue();
        bench.post("late");
        bench.executor.run();
        assertThat(answers).isEmpty();
        assertThat(leases.count()).isZero();
    }
}
