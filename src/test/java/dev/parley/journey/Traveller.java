package dev.parley.journey;

import dev.parley.testing.ChatClient;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One sender with keys of their own, and one reader with a cursor for each room. At every step they go to another transport,
 * send again what was not acknowledged, and some more, and stay until they heard all of it, or the line breaks. Confined to
 * one thread at a time, but for {@link #toString}.
 */
final class Traveller implements Reader {

    private static final int MOST_AT_ONCE = 3;

    private final String name;
    private final Http http;
    private final Random random;
    private final Book book;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Draft> unacknowledged = new LinkedHashMap<>();
    private final List<Draft> acknowledged = new ArrayList<>();
    private int made;
    private int broken;
    private volatile String doing = "nothing";

    Traveller(String name, URI base, long seed, Book book) {
        this.name = name;
        this.http = new Http(base);
        this.random = new Random(seed);
        this.book = book;
    }

    /** Introduces themselves, and takes a place in rooms where nobody spoke yet. */
    void begin(List<String> rooms) throws IOException {
        HttpRequest.BodyPublisher me = HttpRequest.BodyPublishers.ofString(
                ChatClient.json("name", name).toString());
        http.ask(http.request("api/me")
                .header("Content-Type", "application/json")
                .POST(me)
                .build());
        for (String room : rooms) {
            List<Said> empty = Wire.JSON.read(http.ask(http.request("api/rooms/" + Http.encode(room) + "/messages")
                            .build())
                    .body());
            places.put(room, new Place(room, empty.get(0).field("cursor")));
        }
    }

    /** One transport more. Returns whether the line held. */
    boolean step() {
        String room = any(List.copyOf(places.keySet()));
        if (random.nextInt(12) == 0) {
            return listenToPlainText(room);
        }
        Transport transport = any(List.of(Transport.values()));
        List<String> rooms = transport.hearsMany && random.nextBoolean() ? List.copyOf(places.keySet()) : List.of(room);
        for (int i = random.nextInt(MOST_AT_ONCE) + 1; i > 0; i--) {
            Draft draft = new Draft(any(rooms), name + "/" + ++made, "the " + made + ". <of> " + name + " & 旅人");
            book.sent(draft);
            unacknowledged.put(draft.key(), draft);
        }
        acknowledged.stream()
                .skip(random.nextInt(acknowledged.size() + 1))
                .findFirst()
                .filter(again -> rooms.contains(again.room()))
                .ifPresent(again -> unacknowledged.put(again.key(), again));
        return travel(transport, rooms);
    }

    /** Sends what is left, and reads on until so much of each room was heard. */
    void finish(Map<String, Integer> lengths) {
        places.forEach((room, place) -> place.expect(lengths.getOrDefault(room, 0)));
        List<String> rooms = List.copyOf(places.keySet());
        while (!isDone(rooms)) {
            travel(any(List.of(Transport.values())), List.of(any(rooms)));
        }
        doing = "nothing any more";
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private Place place(String room) {
        Place place = places.get(room);
        if (place == null) {
            throw new AssertionError(name + " is not in " + room);
        }
        return place;
    }

    private boolean travel(Transport transport, List<String> rooms) {
        Map<String, String> cursors = new LinkedHashMap<>();
        rooms.forEach(room -> cursors.put(room, place(room).cursor()));
        doing = transport + " at " + cursors;
        try {
            Ear ear = transport.open(http, this, random, cursors);
            try {
                for (Draft draft : List.copyOf(unacknowledged.values())) {
                    if (rooms.contains(draft.room())) {
                        ear.send(draft);
                    }
                }
                while (!isDone(rooms)) {
                    ear.listen();
                }
            } finally {
                ear.leave(random.nextBoolean());
            }
            return true;
        } catch (IOException e) {
            broken++;
            giveSomethingUp();
            return false;
        }
    }

    private boolean isDone(List<String> rooms) {
        return unacknowledged.values().stream().noneMatch(draft -> rooms.contains(draft.room()))
                && rooms.stream().allMatch(room -> place(room).hasWhatIsThere());
    }

    /** At times, what nobody acknowledged is not sent again: it may be there once, or not. */
    private void giveSomethingUp() {
        if (random.nextInt(8) == 0) {
            unacknowledged.keySet().stream().findFirst().ifPresent(unacknowledged::remove);
        }
    }

    /** Text alone has no key and no cursor: it says something once, and hears what is said meanwhile. */
    private boolean listenToPlainText(String room) {
        String text = "plain " + ++made + " of " + name;
        List<String> heard = new ArrayList<>();
        doing = "plain text in " + room;
        book.saidPlainly(text);
        try (RawWebSocket socket = http.webSocket("chat/" + Http.encode(room))) {
            socket.sendText(text);
            while (!heard.contains(text)) {
                heard.add(WebSocketEar.read(socket));
            }
            return true;
        } catch (IOException e) {
            broken++;
            return false;
        } finally {
            book.heardPlainly(room, heard);
        }
    }

    @Override
    public void stands(String room, String cursor) {
        place(room).requireAt(cursor);
    }

    @Override
    public void heard(Entry entry, String cursor) {
        place(entry.room()).add(entry, cursor);
    }

    @Override
    public void acknowledged(String room, String key, long seq) {
        book.acknowledged(key, seq);
        Draft draft = unacknowledged.remove(key);
        if (draft != null) {
            acknowledged.add(draft);
        }
        place(room).expect(seq);
    }

    Map<String, Place> places() {
        return places;
    }

    int broken() {
        return broken;
    }

    @Override
    public String toString() {
        return name + ": " + doing;
    }
}
