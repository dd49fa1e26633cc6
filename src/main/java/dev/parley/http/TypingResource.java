package dev.parley.http;

import dev.parley.protocol.Person;
import dev.parley.protocol.RoomName;
import dev.parley.request.Posting;

/** {@code typing}: tells the others in the room, if there are any. Immutable. */
final class TypingResource implements RoomsServlet.Resource {

    @Override
    public void serve(Call call, RoomName name) {
        call.requireMethod("POST");
        call.negotiate();
        Person person = call.person();
        call.exchange();
        call.edge.delivery().rooms().open(name).whenComplete((room, failure) -> {
            if (failure != null) {
                call.fail(Problems.of(Posting.refusal(failure)));
                return;
            }
            room.typing(person);
            call.edge.delivery().rooms().release(name);
            call.answer(204, "", new byte[0]);
        });
    }
}
