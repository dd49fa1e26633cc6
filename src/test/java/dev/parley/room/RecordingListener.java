package dev.parley.room;

import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.Person;
import java.util.ArrayList;
import java.util.List;

/** An ear that remembers what it was offered. Confined to the test's thread. */
final class RecordingListener implements Listener {

    final List<Batch> batches = new ArrayList<>();
    final List<Person> typists = new ArrayList<>();
    private final boolean counts;

    RecordingListener() {
        this(false);
    }

    RecordingListener(boolean counts) {
        this.counts = counts;
    }

    @Override
    public void offer(Batch batch) {
        batches.add(batch);
    }

    @Override
    public void mention(Person author, Shared shared) {
        typists.add(author);
    }

    @Override
    public boolean countsConnections() {
        return counts;
    }

    /** What each batch says. */
    List<String> texts() {
        return batches.stream()
                .flatMap(batch -> batch.shared().frames(JsonFormat.INSTANCE).stream())
                .map(Frame::text)
                .toList();
    }
}
