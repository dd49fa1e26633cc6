package dev.parley.http;

import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.ListingFormat;
import dev.parley.protocol.ObjectFormat;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.XmlFormat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What answers are written in. */
enum Representation {
    /** Unless something else is asked for. */
    JSON(JsonFormat.INSTANCE, ListingFormat.JSON, "application/json", "application/problem+json"),
    /** The same as elements. */
    XML(XmlFormat.INSTANCE, ListingFormat.XML, "application/xml", "application/problem+xml");

    private final ObjectFormat format;
    private final ListingFormat listings;
    private final String type;
    private final String problemType;

    Representation(ObjectFormat format, ListingFormat listings, String type, String problemType) {
        this.format = format;
        this.listings = listings;
        this.type = type;
        this.problemType = problemType;
    }

    /** The one that {@code Accept} likes best; empty if it allows none. */
    static Optional<Representation> of(Accept accept) {
        Optional<Representation> best = Optional.empty();
        double bestWeight = 0;
        for (Representation candidate : values()) {
            double weight = accept.weightOf(candidate.type);
            if (weight > bestWeight) {
                bestWeight = weight;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    ListingFormat listings() {
        return listings;
    }

    String type() {
        return type;
    }

    String typeOf(ServerMessage.Answer answer) {
        return answer instanceof ServerMessage.Problem ? problemType : type;
    }

    byte[] bytes(ServerMessage.Answer answer) {
        return format.object(answer).getBytes(StandardCharsets.UTF_8);
    }
}
