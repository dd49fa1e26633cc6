package dev.parley.protocol;

import java.util.List;
import java.util.Optional;

/** What is new in a room as the answer to a poll: the messages alone, in one object. None if there is none. */
public final class ListingFormat implements WireFormat {

    /** In JSON. */
    public static final ListingFormat JSON = new ListingFormat(JsonFormat.INSTANCE);

    /** In XML. */
    public static final ListingFormat XML = new ListingFormat(XmlFormat.INSTANCE);

    private final ObjectFormat objects;

    private ListingFormat(ObjectFormat objects) {
        this.objects = objects;
    }

    @Override
    public List<Frame> encode(List<? extends ServerMessage> messages) {
        List<PostedMessage> posted = messages.stream()
                .filter(PostedMessage.class::isInstance)
                .map(PostedMessage.class::cast)
                .toList();
        return posted.isEmpty()
                ? List.of()
                : List.of(frame(new ServerMessage.Listing(
                        posted, posted.get(posted.size() - 1).cursor(), Optional.empty(), Optional.empty())));
    }

    /** A listing that is there already. */
    public Frame frame(ServerMessage.Listing listing) {
        return new Frame(objects.object(listing));
    }
}
