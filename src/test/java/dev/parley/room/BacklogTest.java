package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Entry;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BacklogTest {

    static final RoomName LOBBY = new RoomName("lobby");
    static final Person ADA = new Person("g-ada", new PersonName("Ada"));
    private static final int FRAME = 64 * 1024;

    private final Backlog backlog = new Backlog(LOBBY, 4, "k", 10);

    static List<Entry> entries(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(seq -> new Entry(LOBBY, seq, Instant.EPOCH, "key " + seq, ADA, "text"))
                .toList();
    }

    private static List<Long> seqs(List<PostedMessage> messages) {
        return messages.stream().map(PostedMessage::seq).toList();
    }

    @Test
    void entriesUpToTheHeadAreNotTakenAgain() {
        backlog.append(entries(9, 12));
        backlog.append(entries(12, 12));

        assertThat(seqs(backlog.turn())).containsExactly(11L, 12L);
        assertThat(backlog.head()).isEqualTo(new Cursor("k", 12));
    }

    @Test
    void turnTellsWhatNoneHasToldYet() {
        backlog.append(entries(11, 12));
        assertThat(seqs(backlog.turn())).containsExactly(11L, 12L);
        assertThat(backlog.turn()).isEmpty();

        backlog.append(entries(13, 13));
        assertThat(seqs(backlog.turn())).containsExactly(13L);
    }

    @Test
    void newestStayAndOlderAreLeftToTheLog() {
        for (long seq = 11; seq <= 19; seq++) {
            backlog.append(entries(seq, seq));
            backlog.turn();
        }

        assertThat(backlog.oldest()).isEqualTo(new Cursor("k", 15));
        assertThat(seqs(backlog.after(15, FRAME).orElseThrow())).containsExactly(16L, 17L, 18L, 19L);
        assertThat(seqs(backlog.after(18, FRAME).orElseThrow())).containsExactly(19L);
        assertThat(backlog.after(19, FRAME)).contains(List.of());
        assertThat(backlog.after(14, FRAME)).isEmpty();
        assertThat(backlog.reaches(15)).isTrue();
        assertThat(backlog.reaches(14)).isFalse();
    }

    @Test
    void whatNoTurnHasToldIsReadByWhoAsksForItOnly() {
        backlog.append(entries(11, 12));
        backlog.turn();
        backlog.append(entries(13, 14));

        assertThat(seqs(backlog.toldAfter(10, FRAME).orElseThrow())).containsExactly(11L, 12L);
        assertThat(backlog.toldAfter(12, FRAME)).contains(List.of());
        assertThat(backlog.toldAfter(13, FRAME)).contains(List.of());
        assertThat(seqs(backlog.after(10, FRAME).orElseThrow())).containsExactly(11L, 12L, 13L, 14L);
    }

    @Test
    void pieceIsAboutAFrameAndNeverNothing() {
        backlog.append(entries(11, 14));

        assertThat(seqs(backlog.after(10, 1).orElseThrow())).containsExactly(11L);
        assertThat(seqs(backlog.after(10, 300).orElseThrow())).containsExactly(11L, 12L);
    }

    @Test
    void whatNoTurnHasToldStaysEvenOverTheLimit() {
        backlog.append(entries(11, 1010));

        assertThat(backlog.turn()).hasSize(1000);
    }

    @Test
    void batchThatMemoryCannotCompleteBeginsWhereItDoes() {
        Batches batches = new Batches();
        for (long seq = 11; seq <= 50_010; seq += 1000) {
            backlog.append(entries(seq, seq + 999));
        }

        List<Batch> told = batches.next(backlog, new Roster(LOBBY), java.util.OptionalInt.empty());

        long oldest = told.get(0).from();
        assertThat(oldest).isGreaterThan(10);
        assertThat(told.get(told.size() - 1).to()).isEqualTo(50_010);
        assertThat(told.get(0)
                        .shared()
                        .frames(dev.parley.protocol.JsonFormat.INSTANCE)
                        .get(0)
                        .text())
                .contains("\"seq\":" + (oldest + 1) + ",");
    }
}
