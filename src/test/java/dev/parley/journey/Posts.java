package dev.parley.journey;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sends by {@code POST}, in any of the ways that there are. Confined to one thread. */
final class Posts {

    private final Http http;
    private final Reader reader;
    private final Random random;

    Posts(Http http, Reader reader, Random random) {
        this.http = http;
        this.reader = reader;
        this.random = random;
    }

    void send(Draft draft) throws IOException {
        Wire answer = random.nextBoolean() ? Wire.JSON : Wire.XML;
        HttpRequest.Builder request = http.request("api/rooms/" + Http.encode(draft.room()) + "/messages")
                .header("Accept", answer.mediaType());
        switch (random.nextInt(4)) {
            case 0 -> with(request, Wire.JSON.mediaType(), Wire.JSON.send(draft));
            case 1 -> with(request, Wire.XML.mediaType(), Wire.XML.send(draft));
            case 2 ->
                with(
                        request,
                        "application/x-www-form-urlencoded",
                        Http.query(Map.of("text", draft.text(), "key", draft.key())));
            default -> with(request, "text/plain; charset=utf-8", draft.text()).header("Idempotency-Key", draft.key());
        }
        List<Said> said = answer.read(http.ask(request.build()).body());
        reader.acknowledged(draft.room(), said.get(0).field("key"), said.get(0).seq());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String type, String body) {
        return request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
