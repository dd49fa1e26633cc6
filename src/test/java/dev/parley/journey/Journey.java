package dev.parley.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FaultyProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Some travellers on their way, and the bad line that they share. Whoever began it tells it when the server is gone and where
 * it came back. Confined to one thread.
 */
public final class Journey implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> ROOMS = List.of("lobby", "旅-途.1", "dev");
    private static final int TRAVELLERS = 8;
    private static final int STEPS_EACH = 25;

    /** The steps of everybody together. */
    public static final int STEPS = TRAVELLERS * STEPS_EACH;

    private final Book book = new Book();
    private final Progress progress = new Progress(PATIENCE);
    private final ExecutorService threads = Executors.newFixedThreadPool(TRAVELLERS);
    private final List<Traveller> travellers = new ArrayList<>();
    private final FaultyProxy line;
    private final URI base;

    /** To the server at {@code server}, whose rooms are empty. */
    public Journey(URI server, long seed) throws IOException {
        Random random = new Random(seed);
        line = new FaultyProxy(address(server), random.nextLong());
        base = URI.create("http://127.0.0.1:" + line.port() + server.getPath());
        for (int i = 0; i < TRAVELLERS; i++) {
            Traveller traveller = new Traveller("traveller-" + i, base, random.nextLong(), book);
            List<String> rooms = new ArrayList<>(ROOMS);
            Collections.shuffle(rooms, random);
            traveller.begin(rooms.subList(0, 2));
            travellers.add(traveller);
        }
    }

    private static InetSocketAddress address(URI server) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort());
    }

    /** The line turns bad, and everybody sets out. */
    public void begin() {
        line.turn(true);
        everybody(traveller -> {
            for (int i = 0; i < STEPS_EACH; i++) {
                progress.awaitServer();
                traveller.step();
                progress.stepped();
            }
        });
    }

    private void everybody(Consumer<Traveller> task) {
        progress.expect(travellers.size());
        travellers.forEach(traveller -> threads.execute(() -> progress.run(() -> task.accept(traveller))));
    }

    /** Waits until so many steps were made. */
    public void awaitSteps(int steps) {
        progress.awaitSteps(steps, travellers);
    }

    /** Nobody who is not under way sets out: the server is about to be killed. */
    public void pause() {
        progress.pause();
    }

    /** The server is at {@code server} now. */
    public void goOn(URI server) throws IOException {
        line.leadTo(address(server));
        progress.goOn();
    }

    /** When all steps are made: everybody sends what is left and reads on to the end; then all must agree. */
    public void end() throws IOException {
        progress.awaitEnd(travellers);
        line.turn(false);
        everybody(traveller -> traveller.finish(Map.of()));
        progress.awaitEnd(travellers);
        Map<String, List<Entry>> rooms = new HashMap<>();
        Map<String, Integer> lengths = new HashMap<>();
        for (String room : ROOMS) {
            rooms.put(room, history(room));
            lengths.put(room, rooms.get(room).size());
        }
        everybody(traveller -> traveller.finish(lengths));
        progress.awaitEnd(travellers);

        book.check(rooms);
        for (Traveller traveller : travellers) {
            traveller
                    .places()
                    .forEach((room, place) -> assertThat(place.entries())
                            .as(room + " as " + traveller + " had it")
                            .isEqualTo(rooms.get(room)));
        }
        assertThat(book.acknowledged()).as("acknowledged messages").isGreaterThan(STEPS / 2);
        assertThat(travellers.stream().mapToInt(Traveller::broken).sum())
                .as("broken lines")
                .isGreaterThan(STEPS / 10);
    }

    private List<Entry> history(String room) throws IOException {
        Http http = new Http(base);
        List<Entry> entries = new ArrayList<>();
        Optional<String> before = Optional.of("");
        while (before.isPresent()) {
            HttpResponse<String> page = http.ask(http.request("api/rooms/" + Http.encode(room) + "/messages?limit=50"
                            + before.filter(cursor -> !cursor.isEmpty())
                                    .map(cursor -> "&before=" + Http.encode(cursor))
                                    .orElse(""))
                    .build());
            List<Said> said = Wire.JSON.read(page.body());
            List<Said> messages = said.subList(0, said.size() - 1);
            entries.addAll(
                    0,
                    messages.stream()
                            .map(message -> new Entry(room, message.seq(), message.field("key"), message.field("text")))
                            .toList());
            before = said.get(said.size() - 1).field("more").equals("true")
                    ? Optional.of(messages.get(0).field("cursor"))
                    : Optional.empty();
        }
        return entries;
    }

    /** What came of it, in a line. */
    @Override
    public String toString() {
        return book.acknowledged() + " acknowledged, "
                + travellers.stream().mapToInt(Traveller::broken).sum() + " of " + STEPS + " steps broken";
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        line.close();
    }
}
