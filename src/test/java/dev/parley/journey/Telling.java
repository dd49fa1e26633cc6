package dev.parley.journey;

import java.util.Set;

/** What each thing that the server says is to a reader. */
final class Telling {

    private static final Set<String> OTHERS = Set.of("welcome", "presence", "typing", "ping", "pong", "left");

    private Telling() {}

    static void tell(Reader reader, Said said) {
        switch (said.type()) {
            case "joined" -> reader.stands(said.field("room"), said.field("cursor"));
            case "message" ->
                reader.heard(
                        new Entry(said.field("room"), said.seq(), said.field("key"), said.field("text")),
                        said.field("cursor"));
            case "sent" -> reader.acknowledged(said.field("room"), said.field("key"), said.seq());
            default -> {
                if (!OTHERS.contains(said.type())) {
                    throw new AssertionError("did not expect " + said);
                }
            }
        }
    }
}
