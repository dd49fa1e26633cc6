package dev.parley.http;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.request.Posting;
import dev.parley.room.Room;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code members}: who is there. Asking makes nobody present. Immutable. */
final class MembersResource implements RoomsServlet.Resource {

    @Override
    public void serve(Call call, RoomName name) {
        call.requireMethod("GET", "HEAD");
        call.negotiate();
        call.exchange();
        call.edge.delivery().rooms().open(name).whenComplete((room, failure) -> answer(call, room, failure));
    }

    private static void answer(Call call, @Nullable Room room, @Nullable Throwable failure) {
        if (room == null) {
            call.fail(Problems.of(Posting.refusal(failure == null ? new IllegalStateException() : failure)));
            return;
        }
        ServerMessage.Joined roster = room.joined(Optional.empty(), room.head());
        call.edge.delivery().rooms().release(room.name());
        call.answer(200, new ServerMessage.Members(roster.members(), roster.count(), roster.version()));
    }
}
