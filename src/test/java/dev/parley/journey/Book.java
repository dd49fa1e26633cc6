package dev.parley.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was sent, acknowledged and overheard, and so what must be in the rooms at the end. Thread-safe. */
final class Book {

    // Guarded by this.
    private final Map<String, Draft> sent = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Set<String> saidPlainly = new HashSet<>();
    private final List<Overheard> overheard = new ArrayList<>();

    private record Overheard(String room, List<String> texts) {}

    synchronized void sent(Draft draft) {
        sent.put(draft.key(), draft);
    }

    /** However often it is said, it is the same. */
    synchronized void acknowledged(String key, long seq) {
        assertThat(sent).containsKey(key);
        assertThat(acknowledged.getOrDefault(key, seq)).as(key).isEqualTo(seq);
        acknowledged.put(key, seq);
    }

    /** A text without a key. */
    synchronized void saidPlainly(String text) {
        saidPlainly.add(text);
    }

    /** What came of a room, as text alone, while somebody listened. */
    synchronized void heardPlainly(String room, List<String> texts) {
        overheard.add(new Overheard(room, List.copyOf(texts)));
    }

    synchronized int acknowledged() {
        return acknowledged.size();
    }

    /** Nothing acknowledged is missing, nothing is there twice, and nothing that nobody sent. */
    synchronized void check(Map<String, List<Entry>> rooms) {
        Map<String, Long> stored = new HashMap<>();
        Set<String> texts = new HashSet<>();
        rooms.forEach((room, entries) -> {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                assertThat(entry.seq()).as("seq of " + entry).isEqualTo(i + 1L);
                assertThat(texts.add(entry.text())).as("the only " + entry).isTrue();
                if (saidPlainly.contains(entry.text())) {
                    continue;
                }
                assertThat(sent.get(entry.key()))
                        .as("the draft of " + entry)
                        .isEqualTo(new Draft(room, entry.key(), entry.text()));
                stored.put(entry.key(), entry.seq());
            }
        });
        assertThat(stored).containsAllEntriesOf(acknowledged);
        for (Overheard run : overheard) {
            List<String> all = rooms.getOrDefault(run.room(), List.of()).stream()
                    .map(Entry::text)
                    .toList();
            assertThat(Collections.indexOfSubList(all, run.texts()))
                    .as("where plain text was heard: " + run)
                    .isNotNegative();
        }
    }
}
