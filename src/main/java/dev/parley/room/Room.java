package dev.parley.room;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.log.Entry;
import dev.parley.log.Extent;
import dev.parley.log.Page;
import dev.parley.log.RoomLog;
import dev.parley.protocol.Cursor;
import dev.parley.protocol.Person;
import dev.parley.protocol.PostedMessage;
import dev.parley.protocol.RequestId;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.ServerMessage;
import dev.parley.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A room while somebody is there. Thread-safe; no lock is held across a call to a listener, the log or an executor's task.
 *
 * <p>Turns: what the log appends while one fan-out is under way waits; the next turn takes all of it, makes one batch of it
 * and offers that to every listener. No timer is involved: at low load an entry goes out alone and at once. Joins and
 * leaves wait a little, so that many of them are told as one.
 */
public final class Room {

    /** About the largest frame that is made, in characters; what is more goes into the next frame. */
    public static final int FRAME_CHARS = 64 * 1024;

    private static final Duration PRESENCE_PAUSE = Duration.ofMillis(50);
    private static final Duration PRESENCE_PAUSE_FOR_EACH = Duration.ofNanos(100_000);

    private final RoomName name;
    private final RoomLog log;
    private final RoomSettings settings;
    private final Timer timer;
    private final Executor turns;
    private final Runnable onIdle;
    private final Typists typists;
    private final Pages pages;
    private final CompletableFuture<Room> loaded = new CompletableFuture<>();

    /** How often {@link Rooms} has opened this room. Confined to the locks of its map. */
    int holds;

    @GuardedBy("this")
    private @Nullable Backlog backlog;

    /** What was appended before the backlog stood. */
    @GuardedBy("this")
    private final List<Entry> early = new ArrayList<>();

    @GuardedBy("this")
    private final Audience audience = new Audience();

    @GuardedBy("this")
    private final Roster roster;

    @GuardedBy("this")
    private final Batches batches = new Batches();

    @GuardedBy("this")
    private boolean turning;

    @GuardedBy("this")
    private boolean presenceWaits;

    /**
     * A room that is not loaded yet.
     *
     * @param turns runs turns; those of different rooms may run at the same time
     * @param onIdle called when the last one who lingered is gone
     */
    Room(RoomName name, RoomLog log, RoomSettings settings, Timer timer, Executor turns, Runnable onIdle) {
        this.name = name;
        this.log = log;
        this.settings = settings;
        this.timer = timer;
        this.turns = turns;
        this.onIdle = onIdle;
        this.typists = new Typists(timer);
        this.pages = new Pages(timer, seq -> log.after(name, seq, Pages.ENTRIES).thenApply(this::toRead));
        this.roster = new Roster(name);
    }

    /** Asks the log where it stands; {@link #loaded} completes when that is known. */
    void load() {
        log.extent(name).whenComplete((extent, failure) -> {
            if (failure != null) {
                loaded.completeExceptionally(failure);
            } else {
                start(extent);
                loaded.complete(this);
            }
        });
    }

    CompletionStage<Room> loaded() {
        return loaded;
    }

    private synchronized void start(Extent extent) {
        backlog = new Backlog(name, settings.backlog(), extent.epoch(), extent.head());
        appended(early);
        early.clear();
    }

    /** Called by the log in order, on its thread. */
    synchronized void appended(List<Entry> entries) {
        if (backlog == null) {
            early.addAll(entries);
        } else if (!entries.isEmpty()) {
            backlog.append(entries);
            startTurn();
        }
    }

    @GuardedBy("this")
    private Backlog backlog() {
        if (backlog == null) {
            throw new IllegalStateException("room " + name + " is used before it is loaded");
        }
        return backlog;
    }

    /** The room's name. */
    public RoomName name() {
        return name;
    }

    /** The newest entry's place. */
    public synchronized Cursor head() {
        return backlog().head();
    }

    /** Lets {@code listener} hear what comes after this moment, as one connection of {@code person}'s. */
    public synchronized void attach(Listener listener, Person person) {
        audience.add(listener);
        roster.enter(person);
        connectionsChanged();
        presenceChanged();
    }

    /**
     * The end of {@link #attach}.
     *
     * @param linger whether the person may be back before others are told; not on a leave that was asked for
     */
    public synchronized void detach(Listener listener, Person person, boolean linger) {
        if (!audience.remove(listener)) {
            return;
        }
        if (roster.exit(person.id())) {
            if (linger && !settings.linger().isZero()) {
                roster.linger(person.id(), timer.schedule(settings.linger(), () -> gone(person.id())));
            } else {
                roster.gone(person.id());
            }
        }
        connectionsChanged();
        presenceChanged();
    }

    private void gone(String id) {
        synchronized (this) {
            roster.gone(id);
            presenceChanged();
        }
        onIdle.run();
    }

    synchronized boolean isIdle() {
        return audience.size() == 0 && roster.isEmpty();
    }

    /** A new name for somebody who is here. */
    public synchronized void rename(Person person) {
        roster.rename(person);
        presenceChanged();
    }

    /** The answer to a join at {@code cursor}. */
    public synchronized ServerMessage.Joined joined(Optional<RequestId> id, Cursor cursor) {
        return new ServerMessage.Joined(id, name, cursor, roster.listed(), roster.count(), roster.version());
    }

    @GuardedBy("this")
    private void connectionsChanged() {
        if (audience.isCountDue()) {
            startTurn();
        }
    }

    @GuardedBy("this")
    private void presenceChanged() {
        if (roster.hasChanges() && !presenceWaits) {
            presenceWaits = true;
            Duration pause = PRESENCE_PAUSE.plus(PRESENCE_PAUSE_FOR_EACH.multipliedBy(audience.size()));
            timer.schedule(pause, this::publishPresence);
        }
    }

    private synchronized void publishPresence() {
        presenceWaits = false;
        roster.publish();
        startTurn();
    }

    /** Tells everybody but the person that the person types; once in a while, however often it is said. */
    public void typing(Person person) {
        if (!typists.begins(person.id())) {
            return;
        }
        List<Listener> listening;
        synchronized (this) {
            listening = audience.list();
        }
        Shared shared = new Shared(List.of(new ServerMessage.SomebodyTypes(name, person)));
        turns.execute(() -> Audience.tell(listening, listener -> listener.mention(person, shared)));
    }

    @GuardedBy("this")
    private void startTurn() {
        if (!turning) {
            turning = true;
            turns.execute(this::turn);
        }
    }

    /** One turn, and another behind those of other rooms if there is more by then. */
    private void turn() {
        List<Batch> next;
        List<Listener> listening;
        synchronized (this) {
            next = batches.next(backlog(), roster, audience.takeCount());
            listening = audience.list();
        }
        next.forEach(batch -> Audience.tell(listening, listener -> listener.offer(batch)));
        synchronized (this) {
            turning = batches.hasNext(backlog(), roster) || audience.isCountDue();
            if (turning) {
                turns.execute(this::turn);
            }
        }
    }

    /** What changed in the roster after version {@code seen}. */
    public synchronized Changes presenceSince(long seen) {
        return new Changes(roster.since(seen), roster.version());
    }

    /** The roster's version. */
    public synchronized long presenceVersion() {
        return roster.version();
    }

    /** Entries after {@code seq} of about {@link #FRAME_CHARS}, one at least if there is one; empty if older than memory. */
    public synchronized Optional<List<PostedMessage>> newestAfter(long seq) {
        return backlog().after(seq, FRAME_CHARS);
    }

    /**
     * As {@link #newestAfter}, but nothing that no turn has told yet. Who reads on with this stays in step with the turns, and
     * so can take the frames that they make for everybody.
     */
    public synchronized Optional<List<PostedMessage>> toldAfter(long seq) {
        return backlog().toldAfter(seq, FRAME_CHARS);
    }

    /** The newest entry that a turn has told; what is newer comes with the next turn. */
    public synchronized long told() {
        return backlog().turned();
    }

    /** Whether {@link #newestAfter} has what comes after {@code seq}. */
    public synchronized boolean remembersAfter(long seq) {
        return backlog().reaches(seq);
    }

    /** If this room skips entries for a reader as far behind as {@code seq}: the place to read on. */
    public synchronized Optional<Cursor> skipFrom(long seq) {
        boolean skips = settings.skips(name, backlog().head().seq() - seq);
        return skips ? Optional.of(backlog().oldest()) : Optional.empty();
    }

    /** Reads on in the log, behind memory, up to the head at most: what is newer comes in a turn. */
    public CompletionStage<Read> read(long seq) {
        return pages.after(seq);
    }

    private synchronized Read toRead(Page page) {
        Backlog known = backlog();
        return new Read(
                page.entries().stream()
                        .filter(entry -> entry.seq() <= known.head().seq())
                        .map(known::posted)
                        .toList(),
                page.extent().trimmed());
    }
}
