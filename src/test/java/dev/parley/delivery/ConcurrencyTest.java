package dev.parley.delivery;

import static dev.parley.log.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.log.Draft;
import dev.parley.log.RoomLog;
import dev.parley.log.sqlite.EmbeddedRoomLog;
import dev.parley.log.sqlite.Retention;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Frame;
import dev.parley.protocol.JsonFormat;
import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.RoomName;
import dev.parley.room.Room;
import dev.parley.room.RoomSettings;
import dev.parley.room.Rooms;
import dev.parley.time.ManualTimer;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real threads, random delays: whatever happens, each member sees every entry once and in order. */
class ConcurrencyTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final int SENDERS = 4;
    private static final int ENTRIES_OF_EACH = 150;
    private static final int MEMBERS = 6;

    @TempDir
    Path folder;

    private final ScheduledExecutorService network = Executors.newScheduledThreadPool(2);
    private final ExecutorService delivering = Executors.newFixedThreadPool(3);

    /** A client that keeps its cursor, as PROTOCOL.md tells it to, and breaks off at random. */
    private final class Member {

        private final Random random;
        private final Rooms rooms;
        private final Delivery delivery;
        private final Person person;
        private final CountDownLatch done = new CountDownLatch(1);

        @GuardedBy("this")
        private final List<Long> seen = new ArrayList<>();

        @GuardedBy("this")
        private final List<String> faults = new ArrayList<>();

        @GuardedBy("this")
        private Cursor cursor;

        Member(long seed, Rooms rooms, Delivery delivery, Cursor start) {
            this.random = new Random(seed);
            this.rooms = rooms;
            this.delivery = delivery;
            this.person = new Person("g-" + seed, new PersonName("Member " + seed));
            this.cursor = start;
        }

        void connect() {
            Line line = new Line(this);
            Pump pump = delivery.pump(line, JsonFormat.INSTANCE);
            line.pump = Optional.of(pump);
            join(pump);
        }

        void join(Pump pump) {
            Room room = await(rooms.open(LOBBY));
            Cursor after;
            synchronized (this) {
                after = cursor;
            }
            pump.join(room, person, Optional.of(after), Optional.empty());
        }

        synchronized int next(int bound) {
            return random.nextInt(bound);
        }

        synchronized void hear(JsonObject message) {
            switch (message.getString("type")) {
                case "message" -> {
                    long seq = message.getJsonNumber("seq").longValue();
                    if (seq > cursor.seq()) {
                        seen.add(seq);
                        cursor = Cursor.parse(message.getString("cursor"));
                    } else {
                        faults.add("doubled " + seq);
                    }
                }
                case "gap" -> faults.add(message.toString());
                case "joined" -> cursor = Cursor.parse(message.getString("cursor"));
                default -> {}
            }
            if (cursor.seq() == SENDERS * ENTRIES_OF_EACH) {
                done.countDown();
            }
        }
    }

    /** Its writes end on another thread, after a while; the client hears a frame when its write ends. */
    private final class Line implements Connection {

        private final Member member;
        private volatile Optional<Pump> pump = Optional.empty();

        @GuardedBy("this")
        private boolean closed;

        @GuardedBy("this")
        private boolean busy;

        Line(Member member) {
            this.member = member;
        }

        @Override
        public void write(Frame frame, Written written) {
            synchronized (this) {
                if (busy) {
                    throw new AssertionError("two writes under way");
                }
                busy = true;
            }
            if (member.next(3) == 0) {
                arrive(frame, written);
            } else {
                network.schedule(() -> arrive(frame, written), member.next(2000), TimeUnit.MICROSECONDS);
            }
        }

        private void arrive(Frame frame, Written written) {
            synchronized (this) {
                busy = false;
                if (!closed) {
                    RecordingConnection.messages(frame).forEach(member::hear);
                }
            }
            written.done(null);
            int dice = member.next(40);
            if (dice == 0) {
                breakOff();
            } else if (dice == 1) {
                delivering.execute(this::leaveAndComeBack);
            }
        }

        private void breakOff() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            pump.ifPresent(Pump::closed);
            delivering.execute(member::connect);
        }

        private void leaveAndComeBack() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            pump.ifPresent(p -> p.leave(LOBBY));
            pump.ifPresent(p -> p.close(CloseCode.NORMAL, "back soon"));
            member.connect();
        }

        @Override
        public void ping(Written written) {
            written.done(null);
        }

        @Override
        public void close(CloseCode code, String reason) {}
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyMemberSeesEveryEntryOnceAndInOrder(long seed) throws Exception {
        ManualTimer timer = new ManualTimer();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (RoomLog log = EmbeddedRoomLog.open(folder.resolve("data"), Retention.keepAll(), timer)) {
            Rooms rooms = new Rooms(log, new RoomSettings(8, Duration.ofSeconds(5), Set.of(), 100), timer, delivering);
            Delivery delivery = new Delivery(
                    rooms, timer, delivering, new DeliverySettings(Duration.ofSeconds(25), Duration.ofSeconds(10)));
            Cursor start = new Cursor(await(log.extent(LOBBY)).epoch(), 0);
            List<Member> members = LongStream.range(0, MEMBERS)
                    .mapToObj(n -> new Member(seed * 100 + n, rooms, delivery, start))
                    .toList();
            members.forEach(Member::connect);
            for (int sender = 0; sender < SENDERS; sender++) {
                Person author = new Person("g-s" + sender, new PersonName("Sender " + sender));
                senders.execute(() -> {
                    for (int i = 0; i < ENTRIES_OF_EACH; i++) {
                        await(log.append(new Draft(LOBBY, author.id() + " " + i, author, "text")));
                    }
                });
            }

            List<Long> all =
                    LongStream.rangeClosed(1, SENDERS * ENTRIES_OF_EACH).boxed().toList();
            for (Member member : members) {
                assertThat(member.done.await(30, TimeUnit.SECONDS)).isTrue();
                synchronized (member) {
                    assertThat(member.faults).isEmpty();
                    assertThat(member.seen).isEqualTo(all);
                }
            }
        } finally {
            senders.shutdownNow();
            network.shutdownNow();
            delivering.shutdownNow();
        }
    }
}
