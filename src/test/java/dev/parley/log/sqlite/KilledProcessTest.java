package dev.parley.log.sqlite;

import static dev.parley.log.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.Entry;
import dev.parley.log.Page;
import dev.parley.log.RoomLog;
import dev.parley.log.sqlite.ChildLog.Ack;
import dev.parley.protocol.RoomName;
import dev.parley.time.ManualTimer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {

    @TempDir
    Path folder;

    @Test
    void killLosesNothingAcknowledgedAndDoublesNothing() throws Exception {
        List<Ack> acks = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            try (ChildLog child = ChildLog.start(folder, "run" + round)) {
                acks.addAll(child.readAcks(1 + 300 * round));
                acks.addAll(child.kill());
            }
            assertAllThere(acks);
        }
    }

    private void assertAllThere(List<Ack> acks) {
        try (RoomLog log = EmbeddedRoomLog.open(folder, Retention.keepAll(), new ManualTimer())) {
            Map<RoomName, List<Entry>> rooms = new HashMap<>();
            for (Ack ack : acks) {
                List<Entry> entries = rooms.computeIfAbsent(ack.room(), room -> all(log, room));
                Entry entry = entries.get(Math.toIntExact(ack.seq() - 1));
                assertThat(entry.key()).isEqualTo(ack.key());
                assertThat(entry.text()).isEqualTo("text of " + ack.key());
            }
            assertThat(rooms.values()).allSatisfy(entries -> {
                assertThat(entries)
                        .extracting(Entry::seq)
                        .isEqualTo(LongStream.rangeClosed(1, entries.size())
                                .boxed()
                                .toList());
                assertThat(entries).extracting(Entry::key).doesNotHaveDuplicates();
            });
        }
    }

    private static List<Entry> all(RoomLog log, RoomName room) {
        List<Entry> entries = new ArrayList<>();
        Page page = await(log.after(room, 0, 1000));
        while (!page.entries().isEmpty()) {
            entries.addAll(page.entries());
            page = await(log.after(room, entries.size(), 1000));
        }
        return entries;
    }
}
