package dev.parley.journey;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Hears one room by asking again and again; who lets the answer wait asks before it sends. Confined to one thread. */
final class PollEar implements Ear {

    private static final int WAIT_SECONDS = 10;

    private final Http http;
    private final Reader reader;
    private final Posts posts;
    private final String room;
    private final Wire wire;
    private final boolean patient;
    private String cursor;
    private Optional<String> tag = Optional.empty();
    private CompletableFuture<HttpResponse<String>> answer;

    PollEar(Http http, Reader reader, Random random, String room, String cursor, boolean patient) {
        this.http = http;
        this.reader = reader;
        this.posts = new Posts(http, reader, random);
        this.room = room;
        this.cursor = cursor;
        this.patient = patient;
        this.wire = random.nextBoolean() ? Wire.JSON : Wire.XML;
        this.answer = ask();
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        Map<String, String> parameters = new HashMap<>(Map.of("after", cursor));
        if (patient) {
            parameters.put("wait", String.valueOf(WAIT_SECONDS));
        }
        HttpRequest.Builder request = http.request(
                        "api/rooms/" + Http.encode(room) + "/messages?" + Http.query(parameters))
                .header("Accept", wire.mediaType());
        tag.ifPresent(known -> request.header("If-None-Match", known));
        return http.begin(request.build());
    }

    @Override
    public void send(Draft draft) throws IOException {
        posts.send(draft);
    }

    @Override
    public void listen() throws IOException {
        HttpResponse<String> got = Http.requireGood(Http.await(answer));
        if (got.statusCode() == 200) {
            tag = got.headers().firstValue("ETag");
            List<Said> said = wire.read(got.body());
            Said listing = said.get(said.size() - 1);
            if (listing.fields().containsKey("gap")) {
                throw new AssertionError("did not expect " + listing);
            }
            said.subList(0, said.size() - 1).forEach(message -> Telling.tell(reader, message));
            cursor = listing.field("cursor");
            reader.stands(room, cursor);
        }
        answer = ask();
    }

    @Override
    public void leave(boolean politely) {
        answer.cancel(true);
    }
}
