package dev.parley.journey;

import java.io.IOException;
import java.util.Map;
import java.util.Random;

/** The ways to hear a room, and to resume in it. */
enum Transport {
    WEBSOCKET(true),
    BINARY_FRAMES(true),
    XML_FRAMES(true),
    EVENTS(true),
    FRAME(false),
    LONG_POLLS(false),
    POLLS(false);

    /** Whether it can hear several rooms at once. */
    final boolean hearsMany;

    Transport(boolean hearsMany) {
        this.hearsMany = hearsMany;
    }

    /** Begins to hear these rooms after these cursors. */
    Ear open(Http http, Reader reader, Random random, Map<String, String> cursors) throws IOException {
        String room = cursors.keySet().iterator().next();
        String cursor = cursors.values().iterator().next();
        return switch (this) {
            case WEBSOCKET -> WebSocketEar.open(http, reader, Wire.JSON, false, cursors);
            case BINARY_FRAMES -> WebSocketEar.open(http, reader, Wire.JSON, true, cursors);
            case XML_FRAMES -> WebSocketEar.open(http, reader, Wire.XML, random.nextBoolean(), cursors);
            case EVENTS -> StreamEar.events(http, reader, random, cursors);
            case FRAME -> StreamEar.frame(http, reader, random, room, cursor);
            case LONG_POLLS -> new PollEar(http, reader, random, room, cursor, true);
            case POLLS -> new PollEar(http, reader, random, room, cursor, false);
        };
    }
}
