package dev.parley.websocket;

import dev.parley.delivery.Pump;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.JsonSyntax;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.PlainFormat;
import dev.parley.protocol.ProtocolException;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.WireFormat;
import dev.parley.protocol.XmlFormat;
import dev.parley.protocol.XmlSyntax;
import dev.parley.request.Target;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One connection to {@code /chat}: lets it in or not, and joins its session, its pump and its conversation. Called by the
 * endpoints, as the container calls them.
 */
final class ChatSession {

    private static final RoomName LOBBY = new RoomName("lobby");

    private final Admission admission;
    private final Pump pump;
    private final Optional<Conversation> conversation;
    private final Optional<LabConnection> lab;

    private ChatSession(
            Admission admission, Pump pump, Optional<Conversation> conversation, Optional<LabConnection> lab) {
        this.admission = admission;
        this.pump = pump;
        this.conversation = conversation;
        this.lab = lab;
    }

    /**
     * The session's conversation, begun; empty if it was not let in, and is closed.
     *
     * @param inRoom as {@link Caller#inRoom}
     */
    static Optional<ChatSession> open(Session session, boolean inRoom) {
        Optional<ChatEdge> running = ChatEdge.current();
        session.setMaxIdleTimeout(-1);
        running.ifPresent(edge -> setBuffers(session, edge.limits().frameBytes()));
        Executor blocking = running.map(ChatEdge::blocking).orElse(Runnable::run);
        String path = Optional.ofNullable(session.getRequestURI().getRawPath()).orElse("");
        String query = Optional.ofNullable(session.getQueryString()).orElse("");
        String subprotocol =
                Optional.ofNullable(session.getNegotiatedSubprotocol()).orElse("");
        return open(
                new WebSocketConnection(session, blocking),
                new Caller(Arrival.of(session), inRoom, new Target(path, query), subprotocol));
    }

    /** The same over any way. */
    static Optional<ChatSession> open(ChatWay way, Caller caller) {
        Optional<ChatEdge> running = ChatEdge.current();
        if (running.isEmpty()) {
            way.close(CloseCode.GOING_AWAY, "the server stops");
            return Optional.empty();
        }
        ChatEdge edge = running.get();
        Arrival arrival = caller.arrival();
        if (arrival.foreignVersion().isPresent()) {
            String spoken = arrival.foreignVersion().get() + " is not spoken, " + JsonFormat.SUBPROTOCOL + " is";
            way.close(CloseCode.VERSION, spoken);
            return Optional.empty();
        }
        return Admission.of(arrival, edge, way::close).map(admission -> begin(edge, way, caller, admission));
    }

    private static void setBuffers(Session session, int frameBytes) {
        WebSocketContainer container = session.getContainer();
        session.setMaxTextMessageBufferSize(bufferSize(container.getDefaultMaxTextMessageBufferSize(), frameBytes));
        session.setMaxBinaryMessageBufferSize(bufferSize(container.getDefaultMaxBinaryMessageBufferSize(), frameBytes));
    }

    /**
     * Where the buffer is a limit only, what is too large for us must fit in to be answered. Where a buffer of this size is
     * made for each connection, which a small default tells, it costs too much, and what does not fit in closes with 1009.
     */
    private static int bufferSize(int byDefault, int frameBytes) {
        return byDefault >= ChatEndpoint.MAX_MESSAGE_BYTES ? ChatEndpoint.MAX_MESSAGE_BYTES : frameBytes;
    }

    private static ChatSession begin(ChatEdge edge, ChatWay way, Caller caller, Admission admission) {
        Person guest = caller.arrival().guest().orElseGet(edge.guests()::create);
        Target target = caller.target();
        boolean inRoom = caller.inRoom();
        boolean xml = caller.subprotocol().equals(XmlFormat.SUBPROTOCOL);
        boolean plain = !xml && !caller.subprotocol().equals(JsonFormat.SUBPROTOCOL);
        WireFormat format = xml ? XmlFormat.INSTANCE : plain ? plainFormat(target) : JsonFormat.INSTANCE;
        Optional<LabConnection> lab = caller.arrival().way().map(tagged -> LabConnection.begin(way, tagged));
        Pump pump = edge.delivery().pump(lab.isPresent() ? lab.get() : way, format);
        Person person = guest;
        Optional<ClientMessage.Place> place = Optional.empty();
        try {
            int nameChars = edge.limits().nameChars();
            person = target.parameter("name")
                    .map(name -> new Person(guest.id(), PersonName.parse(name, nameChars)))
                    .orElse(guest);
            if (inRoom || plain) {
                RoomName room = inRoom
                        ? RoomName.parse(target.lastSegment(), edge.limits().roomNameChars())
                        : LOBBY;
                place = Optional.of(
                        new ClientMessage.Place(room, target.parameter("after").map(Cursor::parse)));
            }
        } catch (ProtocolException e) {
            pump.send(new ServerMessage.Refused(Optional.empty(), e.refusal()));
            if (plain) {
                pump.finish(
                        new ServerMessage.Bye(CloseCode.NOT_ALLOWED, 0, 0),
                        e.refusal().message());
            }
        }
        Optional<Conversation> conversation = plain
                ? plain(edge, pump, person, place)
                : Optional.of(new MessageConversation(
                        edge, pump, xml ? XmlSyntax.INSTANCE : JsonSyntax.INSTANCE, way::sendBinary, person, place));
        conversation.ifPresent(Conversation::opened);
        return new ChatSession(admission, pump, conversation, lab);
    }

    /** Without a good room there is none: the client is told, and gone soon. */
    private static Optional<Conversation> plain(
            ChatEdge edge, Pump pump, Person person, Optional<ClientMessage.Place> place) {
        return place.map(there -> new PlainConversation(edge, pump, person, there));
    }

    private static WireFormat plainFormat(Target target) {
        if (target.parameter("format").equals(Optional.of("log"))) {
            return PlainFormat.LOG;
        }
        return target.parameter("escape").equals(Optional.of("html")) ? PlainFormat.ESCAPED : PlainFormat.TEXT;
    }

    /** The client sent a frame. */
    void said(ClientFrame frame) {
        if (lab.isPresent() && !lab.get().hears(frame.bytes())) {
            return;
        }
        pump.heard();
        conversation.ifPresent(c -> c.said(frame));
    }

    /** The client answered a ping. */
    void heard() {
        if (lab.isEmpty() || lab.get().hears(0)) {
            pump.heard();
        }
    }

    /** The session is closed. Containers say so twice at times. */
    void closed() {
        pump.closed();
        lab.ifPresent(LabConnection::closed);
        admission.leave();
    }
}
