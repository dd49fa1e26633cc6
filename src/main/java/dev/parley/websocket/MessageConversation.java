package dev.parley.websocket;

import dev.parley.delivery.Pump;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.MessageReader;
import dev.parley.protocol.Person;
import dev.parley.protocol.Refusal;
import dev.parley.protocol.RequestId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.Syntax;
import dev.parley.request.Posting;
import dev.parley.room.Room;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * {@code parley.v1.json} and {@code parley.v1.xml}: does what each message asks for, and answers it. Messages that concern a room's membership are
 * done one after another, as they came, and a send waits for those before it, so that who joins and sends hears it; history
 * goes its own way. Confined to the container's calls, but for
 * what {@code pump} and {@code edge} do, which are thread-safe.
 */
final class MessageConversation implements Conversation {

    /** Requests that may wait for the log at a time; more if a hello may list more rooms. */
    private static final int MAX_WAITING = 64;

    /** Refusals in a row, for sending too fast, that end the connection. */
    private static final int MAX_REFUSALS = 10_000;

    private static final long WAIT_MILLIS = 500;
    private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private final ChatEdge edge;
    private final Pump pump;
    private final Consumer<Boolean> binaryFrames;
    private final long session = ThreadLocalRandom.current().nextLong();
    private final Optional<ClientMessage.Place> place;
    private final MessageReader reader;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Person person;
    private CompletionStage<?> memberships = DONE;

    /**
     * A conversation with {@code person}.
     *
     * @param syntax what the client writes
     * @param binaryFrames told how the server's messages are to be sent
     * @param place the room in the URL, which is joined at once
     */
    MessageConversation(
            ChatEdge edge,
            Pump pump,
            Syntax syntax,
            Consumer<Boolean> binaryFrames,
            Person person,
            Optional<ClientMessage.Place> place) {
        this.edge = edge;
        this.pump = pump;
        this.binaryFrames = binaryFrames;
        this.person = person;
        this.place = place;
        this.reader = new MessageReader(syntax, edge.limits(), place.map(ClientMessage.Place::room));
        this.mostWaiting = Math.max(MAX_WAITING, edge.limits().rooms());
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
        hello.binaryFrames().ifPresent(binaryFrames);
        hello.name().ifPresent(name -> {
            person = new Person(person.id(), name);
            pump.rename(person);
        });
        welcome(hello.id());
        hello.rooms().forEach(there -> join(hello.id(), there));
    }

    private void welcome(Optional<RequestId> id) {
        long heartbeat = edge.delivery().heartbeat().toSeconds();
        String name = "s-" + HexFormat.of().toHexDigits(session);
        pump.send(new ServerMessage.Welcome(id, person, name, heartbeat, edge.limits()));
    }

    private void join(Optional<RequestId> id, ClientMessage.Place there) {
        if (!mayWait(id)) {
            return;
        }
        memberships = memberships
                .handle((before, failure) -> there.room())
                .thenCompose(this::openRoom)
                .handle((room, failure) -> {
                    waiting.decrementAndGet();
                    if (failure != null) {
                        refuse(id, Posting.refusal(failure));
                    } else {
                        room.ifPresentOrElse(opened -> enter(id, opened, there), () -> tooManyRooms(id));
                    }
                    return null;
                });
    }

    private void enter(Optional<RequestId> id, Room room, ClientMessage.Place there) {
        Person entering = person;
        pump.join(room, entering, there.after(), id);
        if (!entering.equals(person)) {
            pump.rename(person);
        }
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
        if (memberships.toCompletableFuture().isDone()) {
            post(send);
        } else {
            afterMemberships(send.id(), () -> post(send));
        }
    }

    private void post(ClientMessage.Send send) {
        edge.posting()
                .post(
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
                send.id(), send.room(), posted.key(), appended.seq(), posted.stored(), appended.duplicate()));
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
        edge.history().page(history).whenComplete((past, failure) -> {
            waiting.decrementAndGet();
            if (failure != null) {
                refuse(history.id(), Posting.refusal(failure));
            } else {
                pump.send(past.page());
            }
        });
    }

    private void afterMemberships(Optional<RequestId> id, Runnable task) {
        if (mayWait(id)) {
            memberships = memberships.handle((before, failure) -> {
                waiting.decrementAndGet();
                task.run();
                return null;
            });
        }
    }

    private boolean mayWait(Optional<RequestId> id) {
        if (waiting.incrementAndGet() <= mostWaiting) {
            return true;
        }
        waiting.decrementAndGet();
        refuse(
                id,
                Refusal.later(Refusal.Code.RATE, mostWaiting + " requests wait already, at most so many", WAIT_MILLIS));
        return false;
    }

    private void refuse(Optional<RequestId> id, Refusal refusal) {
        pump.send(new ServerMessage.Refused(id, refusal));
    }
}
