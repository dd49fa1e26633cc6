package dev.parley.http;

import dev.parley.access.Admissions;
import dev.parley.delivery.Pump;
import dev.parley.protocol.ClientMessage;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;
import dev.parley.protocol.Person;
import dev.parley.protocol.ServerMessage;
import dev.parley.protocol.WireFormat;
import dev.parley.request.Posting;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** How an answer becomes a stream of some rooms. */
final class Streams {

    private Streams() {}

    /**
     * What a kind of stream is like.
     *
     * @param type its content type
     * @param beginning what comes before the first frame
     * @param comment what is written to see whether the client is there
     * @param afterwards what is written after each frame
     */
    record Kind(String type, WireFormat format, String beginning, String comment, Function<Frame, byte[]> afterwards) {}

    /**
     * Streams {@code places}, joined one after the other. The end of a stream is the end of its connection: so one that is
     * behind with its reading is cut, where Tomcat would keep what is left for it.
     */
    static void open(Call call, Kind kind, List<ClientMessage.Place> places) {
        Person person = call.person();
        call.response.setHeader("X-Accel-Buffering", "no");
        call.response.setContentType(kind.type());
        if (call.isHead()) {
            return;
        }
        call.closeAfterwards();
        String address = call.address();
        Admissions admissions = call.edge.admissions();
        Optional<Admissions.Full> full = admissions.enter(address);
        if (full.isPresent()) {
            call.fail(Problems.of(full.get()));
            return;
        }
        AtomicBoolean left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                admissions.leave(address);
            }
        };
        StreamConnection connection =
                new StreamConnection(call.exchange(), kind.beginning(), kind.comment(), kind.afterwards(), leave);
        Pump pump = call.edge.delivery().pump(connection, kind.format());
        connection.serve(pump);
        join(call.edge, pump, person, places);
    }

    private static void join(HttpEdge edge, Pump pump, Person person, List<ClientMessage.Place> places) {
        CompletionStage<?> joined = CompletableFuture.completedFuture(null);
        for (ClientMessage.Place place : places) {
            joined = joined.thenCompose(before -> edge.delivery().rooms().open(place.room()))
                    .thenAccept(room -> pump.join(room, person, place.after(), Optional.empty()));
        }
        joined.whenComplete((done, failure) -> {
            if (failure != null) {
                pump.send(new ServerMessage.Refused(Optional.empty(), Posting.refusal(failure)));
                pump.finish(new ServerMessage.Bye(CloseCode.SERVER_FAULT, 1_000, 5_000), "a room cannot be read");
            }
        });
    }
}
