package dev.parley.websocket;

import dev.parley.delivery.Pump;
import dev.parley.log.Entry;
import dev.parley.log.Page;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.MessageReader;
import dev.parley.protocol.Person;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RequestId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.room.Room;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code parley.v1.json}: does what each message asks for, and answers it. Messages that concern a room's membership are
 * done one after another, as they came; sends and history go their own way. Confined to the container's calls, but for
 * what {@code pump} and {@code edge} do, which are thread-safe.
 */
final class JsonConversation implements Conversation {

    /** Memberships and pages that may wait for the log at a time. */
    private static final int MAX_WAITING = 64;

    /** Refusals in a row, for sending too fast, that end the connection. */
    private static final int MAX_REFUSALS = 10_000;

    private static final long WAIT_MILLIS = 500;

    private final ChatEdge edge;
    private final Pump pump;
    private final WebSocketConnection connection;
    private final String session;
    private final Optional<ClientMessage.Place> place;
    private final MessageReader reader;
    private final Posting posting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Person person;
    private CompletionStage<?> memberships = CompletableFuture.completedFuture(null);

    /** {@code place}: the room in the URL, which is joined at once. */
    JsonConversation(
            ChatEdge edge,
            Pump pump,
            WebSocketConnection connection,
            String session,
            Person person,
            Optional<ClientMessage.Place> place) {
        this.edge = edge;
        this.pump = pump;
        this.connection = connection;
        this.session = session;
        this.person = person;
        this.place = place;
        this.reader = new MessageReader(edge.limits(), place.map(ClientMessage.Place::room));
        this.posting = new Posting(edge);
    }

    @Override
    public void opened() {
        place.ifPresent(there -> {
            welcome(Optional.empty());
            join(Optional.empty(), there);
        });
    }

    @Override
    public void said(ClientFrame frame) {
        frame.messages(reader, edge.limits().frameBytes()).forEach(this::said);
    }

    private void said(ClientMessage message) {
        if (message instanceof ClientMessage.Send send) {
            send(send);
        } else if (message instanceof ClientMessage.Hello hello) {
            hello(hello);
        } else if (message instanceof ClientMessage.Join join) {
            join(join.id(), join.place());
        } else if (message instanceof ClientMessage.Leave leave) {
            afterMemberships(leave.id(), () -> leave(leave));
        } else if (message instanceof ClientMessage.History history) {
            history(history);
        } else if (message instanceof ClientMessage.Typing typing) {
            afterMemberships(typing.id(), () -> typing(typing));
        } else if (message instanceof ClientMessage.Ping ping) {
            pump.send(new ServerMessage.Pong(ping.id()));
        } else if (message instanceof ClientMessage.Unreadable unreadable) {
            refuse(unreadable.id(), unreadable.refusal());
        } else if (!(message instanceof ClientMessage.Pong)) {
            throw new AssertionError(message);
        }
    }

    private void hello(ClientMessage.Hello hello) {
        hello.binaryFrames().ifPresent(connection::sendBinary);
        hello.name().ifPresent(name -> {
            person = new Person(person.id(), name);
            pump.rename(person);
        });
        welcome(hello.id());
        hello.rooms().forEach(there -> join(hello.id(), there));
    }

    private void welcome(Optional<RequestId> id) {
        long heartbeat = edge.delivery().heartbeat().toSeconds();
        pump.send(new ServerMessage.Welcome(id, person, session, heartbeat, edge.limits()));
    }

    private void join(Optional<RequestId> id, ClientMessage.Place there) {
        if (!mayWait(id)) {
            return;
        }
        memberships = memberships.thenCompose(before -> openRoom(there.room())).handle((room, failure) -> {
            waiting.decrementAndGet();
            if (failure != null) {
                refuse(id, Posting.refusal(failure));
            } else {
                room.ifPresentOrElse(opened -> pump.join(opened, person, there.after(), id), () -> tooManyRooms(id));
            }
            return null;
        });
    }

    private CompletionStage<Optional<Room>> openRoom(RoomName name) {
        if (pump.rooms() >= edge.limits().rooms() && pump.room(name).isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return edge.delivery().rooms().open(name).thenApply(Optional::of);
    }

    private void tooManyRooms(Optional<RequestId> id) {
        int most = edge.limits().rooms();
        refuse(id, Refusal.of(Refusal.Code.TOO_MANY_ROOMS, pump.rooms() + " rooms, at most " + most));
    }

    private void leave(ClientMessage.Leave leave) {
        if (pump.leave(leave.room())) {
            pump.send(new ServerMessage.Left(leave.id(), leave.room()));
        } else {
            notJoined(leave.id(), leave.room());
        }
    }

    private void typing(ClientMessage.Typing typing) {
        pump.room(typing.room())
                .ifPresentOrElse(room -> room.typing(person), () -> notJoined(typing.id(), typing.room()));
    }

    private void notJoined(Optional<RequestId> id, RoomName room) {
        refuse(id, Refusal.of(Refusal.Code.NOT_JOINED, "room: '" + room + "' is not joined"));
    }

    private void send(ClientMessage.Send send) {
        posting.post(
                send.room(),
                send.key(),
                person,
                send.text(),
                posted -> {
                    refusals.set(0);
                    sent(send, posted);
                },
                refusal -> refuseSend(send.id(), refusal));
    }

    private void sent(ClientMessage.Send send, Posting.Posted posted) {
        var appended = posted.appended();
        pump.send(new ServerMessage.Sent(
                send.id(),
                send.room(),
                posted.key(),
                new Cursor(appended.epoch(), appended.seq()),
                edge.log().stored(),
                appended.duplicate()));
    }

    private void refuseSend(Optional<RequestId> id, Refusal refusal) {
        refuse(id, refusal);
        if (refusal.code() == Refusal.Code.RATE && refusals.incrementAndGet() > MAX_REFUSALS) {
            pump.close(CloseCode.RATE, MAX_REFUSALS + " messages too fast in a row");
        }
    }

    private void history(ClientMessage.History history) {
        if (!mayWait(history.id())) {
            return;
        }
        var log = edge.log();
        long before = history.before().map(Cursor::seq).orElse(Long.MAX_VALUE);
        // One more than asked for tells whether there is more.
        CompletionStage<Page> page = history.after().isPresent()
                ? log.after(history.room(), history.after().get().seq(), history.limit() + 1)
                : log.before(history.room(), before, history.limit() + 1);
        page.whenComplete((read, failure) -> {
            waiting.decrementAndGet();
            if (failure != null) {
                refuse(history.id(), Posting.refusal(failure));
            } else {
                pump.send(page(history, read));
            }
        });
    }

    private static ServerMessage page(ClientMessage.History history, Page read) {
        List<Entry> entries = read.entries();
        boolean more = entries.size() > history.limit();
        boolean forward = history.after().isPresent();
        List<Entry> asked =
                !more ? entries : forward ? entries.subList(0, history.limit()) : entries.subList(1, entries.size());
        List<PostedMessage> messages = asked.stream()
                .map(e -> new PostedMessage(
                        e.room(), new Cursor(read.extent().epoch(), e.seq()), e.key(), e.author(), e.at(), e.text()))
                .toList();
        return new ServerMessage.HistoryPage(history.id(), history.room(), messages, more);
    }

    private void afterMemberships(Optional<RequestId> id, Runnable task) {
        if (mayWait(id)) {
            memberships = memberships.thenRun(() -> {
                waiting.decrementAndGet();
                task.run();
            });
        }
    }

    private boolean mayWait(Optional<RequestId> id) {
        if (waiting.incrementAndGet() <= MAX_WAITING) {
            return true;
        }
        waiting.decrementAndGet();
        refuse(
                id,
                Refusal.later(Refusal.Code.RATE, MAX_WAITING + " requests wait already, at most so many", WAIT_MILLIS));
        return false;
    }

    private void refuse(Optional<RequestId> id, Refusal refusal) {
        pump.send(new ServerMessage.Refused(id, refusal));
    }
}
