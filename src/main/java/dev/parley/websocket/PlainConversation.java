package dev.parley.websocket;

import dev.parley.delivery.Pump;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.Person;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.Texts;
import java.util.Optional;

/** Plain text: text in is a message, in the room of the URL; a refusal is a line to its sender alone. */
final class PlainConversation implements Conversation {

    private final ChatEdge edge;
    private final Pump pump;
    private final Person person;
    private final ClientMessage.Place place;
    private final Posting posting;

    /** A conversation of {@code person} in {@code place}, which is joined at once. */
    PlainConversation(ChatEdge edge, Pump pump, Person person, ClientMessage.Place place) {
        this.edge = edge;
        this.pump = pump;
        this.person = person;
        this.place = place;
        this.posting = new Posting(edge);
    }

    @Override
    public void opened() {
        edge.delivery().rooms().open(place.room()).whenComplete((room, failure) -> {
            if (failure != null) {
                refuse(Posting.refusal(failure));
            } else {
                pump.join(room, person, place.after(), Optional.empty());
            }
        });
    }

    @Override
    public void said(ClientFrame frame) {
        Optional<Refusal> refusal = frame.refusal(edge.limits().frameBytes());
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        try {
            Texts.requireText(frame.text(), edge.limits());
            posting.post(place.room(), Optional.empty(), person, frame.text(), posted -> {}, this::refuse);
        } catch (ProtocolException e) {
            refuse(e.refusal());
        }
    }

    private void refuse(Refusal refusal) {
        pump.send(new ServerMessage.Refused(Optional.empty(), refusal));
    }
}
