package dev.parley.journey;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Hears an answer that does not end, Server-Sent Events or a document for an iframe. What was not whole when the line broke
 * never came, as browsers have it. Confined to one thread.
 */
final class StreamEar implements Ear {

    private static final String CALLBACK = "parent.update";

    private final InputStream stream;
    private final Reader reader;
    private final Posts posts;
    private final boolean events;
    private final StringBuilder data = new StringBuilder();

    private StreamEar(InputStream stream, Reader reader, Posts posts, boolean events) {
        this.stream = stream;
        this.reader = reader;
        this.posts = posts;
        this.events = events;
    }

    /** Events: of one room, or of several, resuming as a browser does. */
    static Ear events(Http http, Reader reader, Random random, Map<String, String> cursors) throws IOException {
        boolean one = cursors.size() == 1;
        String path = one
                ? "api/rooms/" + Http.encode(cursors.keySet().iterator().next()) + "/events"
                : "api/events?"
                        + cursors.keySet().stream()
                                .map(room -> "room=" + Http.encode(room))
                                .collect(Collectors.joining("&"));
        String id = one
                ? cursors.values().iterator().next()
                : cursors.entrySet().stream()
                        .map(place -> Http.encode(place.getKey()) + "=" + place.getValue())
                        .collect(Collectors.joining(","));
        HttpRequest.Builder request = random.nextBoolean()
                ? http.request(path).header("Last-Event-ID", id)
                : http.request(path + (one ? "?" : "&") + Http.query(Map.of("after", id)));
        return open(http, reader, random, request.header("Accept", "text/event-stream"), true);
    }

    /** A document with a script for each message. */
    static Ear frame(Http http, Reader reader, Random random, String room, String cursor) throws IOException {
        String query = Http.query(Map.of("callback", CALLBACK, "after", cursor));
        return open(http, reader, random, http.request("api/rooms/" + Http.encode(room) + "/frame?" + query), false);
    }

    private static Ear open(Http http, Reader reader, Random random, HttpRequest.Builder request, boolean events)
            throws IOException {
        HttpResponse<InputStream> answer =
                Http.requireGood(http.ask(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        return new StreamEar(answer.body(), reader, new Posts(http, reader, random), events);
    }

    @Override
    public void send(Draft draft) throws IOException {
        posts.send(draft);
    }

    @Override
    public void listen() throws IOException {
        String line = readLine();
        if (!events) {
            int call = line.indexOf(CALLBACK + "(");
            if (line.startsWith("<script") && call > 0) {
                tell(line.substring(call + CALLBACK.length() + 1, line.length() - ")</script>".length()));
            }
        } else if (line.startsWith("data:")) {
            data.append(line, "data:".length(), line.length());
        } else if (line.isEmpty() && !data.isEmpty()) {
            tell(data.toString());
            data.setLength(0);
        }
    }

    private void tell(String json) {
        Wire.JSON.read(json).forEach(said -> Telling.tell(reader, said));
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = stream.read(); b != '\n'; b = stream.read()) {
            if (b < 0) {
                throw new EOFException("the stream ended");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void leave(boolean politely) throws IOException {
        stream.close();
    }
}
