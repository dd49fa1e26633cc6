package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredTest {

    private static Outbox.Item own(String text) {
        ByteBuffer frame = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return new Outbox.Item(frame, frame.remaining(), false, false);
    }

    private static Outbox.Item shared(byte[] frame) {
        return new Outbox.Item(ByteBuffer.wrap(frame), frame.length, false, true);
    }

    private static String written(Outbox.Item... items) {
        return StandardCharsets.UTF_8.decode(Gathered.of(List.of(items))).toString();
    }

    @Test
    void smallFramesGoTogetherInOrder() {
        assertThat(written(own("a"), own("bc"), own("d"))).isEqualTo("abcd");
    }

    @Test
    void itemsStayAsTheyAre() {
        Outbox.Item item = own("abc");
        written(item, own("d"));
        assertThat(item.frame().remaining()).isEqualTo(3);
    }

    @Test
    void whatIsLeftOfTheFirstFrameComesFirst() {
        Outbox.Item begun = own("abc");
        begun.frame().position(2);
        assertThat(written(begun, own("d"))).isEqualTo("cd");
    }

    @Test
    void sharedFrameGoesAloneWhicheverWasWrittenBefore() {
        byte[] one = "one".getBytes(StandardCharsets.UTF_8);
        byte[] two = "second".getBytes(StandardCharsets.UTF_8);
        assertThat(written(shared(one), own("x"))).isEqualTo("one");
        assertThat(written(shared(two))).isEqualTo("second");
        assertThat(written(own("y"), shared(one))).isEqualTo("y");
        assertThat(written(shared(one))).isEqualTo("one");
    }

    @Test
    void nothingFollowsTheLastFrame() {
        ByteBuffer close = ByteBuffer.wrap(new byte[] {'c'});
        assertThat(written(own("a"), new Outbox.Item(close, 1, true, false), own("b")))
                .isEqualTo("ac");
    }

    @Test
    void framesThatGrowKeepWhatWasGatheredBefore() {
        String small = "s".repeat(6_000);
        String large = "l".repeat(50_000);
        assertThat(written(own(small), own(large))).isEqualTo(small + large);
    }

    @Test
    void frameLargerThanTheCopyGoesAsItIs() {
        String huge = "h".repeat(300_000);
        assertThat(written(own(huge), own("x"))).isEqualTo(huge);
        assertThat(written(shared(huge.getBytes(StandardCharsets.UTF_8)))).isEqualTo(huge);
    }
}
