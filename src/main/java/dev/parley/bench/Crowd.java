package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rooms full of members, some of whom publish, and what became of their messages. Confined to one thread. */
final class Crowd {

    private final Run run;
    private final List<LoadRoom> rooms = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Member> slow = new ArrayList<>();
    private final List<Publisher> apart = new ArrayList<>();

    /** So many rooms with so many publishers each, and nobody else yet. */
    Crowd(Run run, int roomCount, int publishersEach) {
        this.run = run;
        for (int i = 0; i < roomCount; i++) {
            LoadRoom room = new LoadRoom(run.name() + '-' + i, i, publishersEach, roomCount, run.payload());
            rooms.add(room);
            for (int local = 0; local < publishersEach; local++) {
                room.publishers().add(new Publisher(run, room, local));
            }
        }
    }

    /** Adds {@code each} members to each room, neighbours in different rooms; the first of a room publish, too. */
    Crowd join(int each, Member.Transport transport, boolean publishersApart) {
        for (int i = 0; i < each; i++) {
            for (LoadRoom room : rooms) {
                Member member = new Member(run, room, transport, 0);
                room.members().add(member);
                members.add(member);
                if (!publishersApart && i < room.publishersEach()) {
                    member.publishes(room.publishers().get(i));
                }
            }
        }
        if (publishersApart) {
            rooms.forEach(room -> apart.addAll(room.publishers()));
        }
        return this;
    }

    /** Adds {@code each} members to each room that will stop reading. */
    Crowd joinSlow(int each, int receiveBuffer) {
        for (int i = 0; i < each; i++) {
            for (LoadRoom room : rooms) {
                slow.add(new Member(run, room, Member.Transport.WS, receiveBuffer));
            }
        }
        return this;
    }

    void open() {
        run.open(
                "connecting",
                Stream.of(
                                slow.stream().<Runnable>map(member -> member::open),
                                members.stream().<Runnable>map(member -> member::open),
                                apart.stream().<Runnable>map(publisher -> publisher::open))
                        .flatMap(all -> all)
                        .toList(),
                Run.NOTHING);
    }

    List<LoadRoom> rooms() {
        return rooms;
    }

    List<Member> members() {
        return members;
    }

    List<Member> slow() {
        return slow;
    }

    /** Messages published so far. */
    long published() {
        return publishers().mapToLong(Publisher::sent).sum();
    }

    Stream<Publisher> publishers() {
        return rooms.stream().flatMap(room -> room.publishers().stream());
    }

    long frames() {
        return members.stream().mapToLong(Member::frames).sum();
    }

    /** What those who are there have not had yet. */
    long missing() {
        return members.stream()
                .filter(Member::isReady)
                .mapToLong(Member::missing)
                .sum();
    }

    /** Waits for what is under way, and counts what does not come. */
    void settle() {
        run.drain(this::missing);
        Tally tally = run.tally();
        tally.lost = missing();
        tally.lostByCut = members.stream()
                .filter(member -> !member.isReady())
                .mapToLong(Member::missing)
                .sum();
        if (tally.lost > 0) {
            tally.fault(tally.lost + " messages never came");
        }
    }

    /** Whether all went well, in figures. */
    void tell(Report report) {
        Tally tally = run.tally();
        report.count("lost", "lost", tally.lost)
                .count("doubled", "doubled", tally.doubled)
                .count("outOfOrder", "out of order", tally.outOfOrder)
                .count("disagreeing", "not in the others' order", tally.disagreeing)
                .count("corrupt", "corrupt", tally.corrupt)
                .count("misrouted", "in the wrong room", tally.misrouted)
                .count("gaps", "gaps told", tally.gaps)
                .count("cut", "connections lost", tally.cut);
        if (tally.lostByCut > 0) {
            report.count("lostByCut", "  missed by these", tally.lostByCut);
        }
        if (tally.stalls > 0) {
            report.count("stalls", "times nothing came for 1 s", tally.stalls);
        }
        tally.firstFault().ifPresent(fault -> report.text("firstFault", "first fault", fault));
    }
}
