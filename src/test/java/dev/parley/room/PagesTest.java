package dev.parley.room;

import static dev.parley.log.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.LogException;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.RoomName;
import dev.parley.time.ManualTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Person ADA = new Person("g-ada", new PersonName("Ada"));

    private final ManualTimer timer = new ManualTimer();
    private final List<Long> asked = new ArrayList<>();
    private long head = 450;
    private String text = "text";
    private final Pages pages = new Pages(timer, this::read);

    private CompletionStage<Read> read(long after) {
        asked.add(after);
        List<PostedMessage> messages = LongStream.rangeClosed(after + 1, Math.min(head, after + Pages.ENTRIES))
                .mapToObj(seq -> new PostedMessage(LOBBY, new Cursor("k", seq), "key " + seq, ADA, Instant.EPOCH, text))
                .toList();
        return CompletableFuture.completedFuture(new Read(messages, 0));
    }

    private List<Long> seqsAfter(long seq) {
        return await(pages.after(seq)).messages().stream()
                .map(PostedMessage::seq)
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void pageThatManyAskForIsReadOnce() {
        assertThat(seqsAfter(0)).isEqualTo(range(1, 200));
        assertThat(seqsAfter(150)).isEqualTo(range(151, 200));
        assertThat(seqsAfter(199)).isEqualTo(range(200, 200));
        assertThat(seqsAfter(200)).isEqualTo(range(201, 400));

        assertThat(asked).containsExactly(0L, 200L);
    }

    @Test
    void whoAsksDuringTheReadWaitsForThat() {
        CompletableFuture<Read> reading = new CompletableFuture<>();
        Pages slow = new Pages(timer, after -> {
            asked.add(after);
            return reading;
        });
        CompletionStage<Read> first = slow.after(0);
        CompletionStage<Read> second = slow.after(100);

        reading.complete(await(read(0)));

        assertThat(await(first).messages()).hasSize(200);
        assertThat(await(second).messages()).hasSize(100);
        assertThat(asked).containsExactly(0L, 0L);
    }

    @Test
    void pageThatIsNotFullIsReadAgain() {
        assertThat(seqsAfter(410)).isEqualTo(range(411, 450));
        head = 460;

        assertThat(seqsAfter(410)).isEqualTo(range(411, 460));
        assertThat(asked).containsExactly(400L, 400L);
    }

    @Test
    void readThatFailsIsTriedAgain() {
        List<CompletionStage<Read>> answers =
                new ArrayList<>(List.of(CompletableFuture.failedFuture(new LogException("expected")), read(0)));
        Pages failing = new Pages(timer, after -> answers.remove(0));

        assertThatThrownBy(() -> await(failing.after(0))).hasMessageContaining("expected");
        assertThat(await(failing.after(0)).messages()).hasSize(200);
    }

    @Test
    void pagesAreForgottenAfterTenSeconds() {
        seqsAfter(0);
        timer.advance(Duration.ofSeconds(10));
        seqsAfter(0);

        assertThat(asked).containsExactly(0L, 0L);
        timer.advance(Duration.ofSeconds(10));
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void eldestPageGoesWhenTheyHaveTooManyCharacters() {
        text = "x".repeat(4_000);
        head = 1_000;
        LongStream.of(0, 200, 400, 0, 400).forEach(this::seqsAfter);

        assertThat(asked).containsExactly(0L, 200L, 400L, 0L);
    }
}
