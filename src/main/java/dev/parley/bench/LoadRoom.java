package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;

/** A room under load: who is in it, what was sent there, and the order that all must agree about. Confined to one thread. */
final class LoadRoom {

    private static final int MOST_REMEMBERED = 8192;
    private static final int REMEMBERED_IN_ALL = 1 << 20;

    private final String name;
    private final int index;
    private final int publishersEach;
    private final Scanner scanner;
    private final List<Member> members = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final long[] seqs;
    private final long[] whats;
    private String epoch = "";
    private int live;
    private long sent;
    private long delivered;
    private int turn;
    private boolean changed = true;

    LoadRoom(String name, int index, int publishersEach, int rooms, Payload payload) {
        this.name = name;
        this.index = index;
        this.publishersEach = publishersEach;
        this.scanner = new Scanner(payload);
        int remembered = Integer.highestOneBit(Math.max(256, Math.min(MOST_REMEMBERED, REMEMBERED_IN_ALL / rooms)));
        this.seqs = new long[remembered];
        this.whats = new long[remembered];
    }

    String name() {
        return name;
    }

    Scanner scanner() {
        return scanner;
    }

    List<Member> members() {
        return members;
    }

    List<Publisher> publishers() {
        return publishers;
    }

    int publishersEach() {
        return publishersEach;
    }

    /** The number of a publisher of this room among all; see {@link #local}. */
    long publisherNumber(int local) {
        return (long) index * publishersEach + local;
    }

    /** Which publisher of this room that is; negative if it is one of another. */
    int local(long publisher) {
        long local = publisher - publisherNumber(0);
        return local >= 0 && local < publishersEach ? (int) local : -1;
    }

    /** The log is the one with this epoch. */
    void epoch(String told) {
        if (!epoch.equals(told)) {
            epoch = told;
            scanner.learn(name, told);
        }
    }

    String cursor(long seq) {
        return epoch + ":" + seq;
    }

    void joined() {
        changed = true;
        live++;
    }

    void left() {
        changed = true;
        live--;
    }

    int live() {
        return live;
    }

    void sent(int count) {
        sent += count;
    }

    void delivered() {
        changed = true;
        delivered++;
    }

    /**
     * Whether others found the same at {@code seq}. A reader who is further behind the first than is remembered is not
     * compared.
     */
    boolean agrees(long seq, long publisher, long number) {
        int at = (int) seq & (seqs.length - 1);
        long what = publisher << 40 ^ number;
        if (seqs[at] < seq) {
            seqs[at] = seq;
            whats[at] = what;
        }
        return seqs[at] > seq || whats[at] == what;
    }

    /** Closed loop: sends as much as is missing from {@code window} messages of each publisher under way. */
    void fill(int window, long now) {
        if (!changed || live == 0 || publishers.isEmpty()) {
            return;
        }
        changed = false;
        long underWay = Math.max(0, sent - delivered / live);
        long free = (long) window * publishers.size() - underWay;
        if (free <= 0) {
            return;
        }
        int count = publishers.size();
        long each = free / count;
        long extra = free % count;
        for (int i = 0; i < count; i++) {
            publishers.get((turn + i) % count).send((int) (each + (i < extra ? 1 : 0)), now);
        }
        turn = (int) ((turn + extra) % count);
    }

    /** Nothing comes any more: what is under way counts as arrived, so that a loss does not end the load. */
    void forgive() {
        delivered = sent * Math.max(1, live);
        changed = true;
    }
}
