package dev.parley.delivery;

import dev.parley.time.Timer;
import java.time.Duration;

/**
 * Signs of life of one connection: when a write began, when it ended, when the client was last heard, when it was asked.
 * Thread-safe: times are written by whoever knows them and read by the check.
 */
final class Vitals {

    private final Timer timer;
    private final DeliverySettings settings;
    private volatile boolean writing;
    private volatile long writeStarted;
    private volatile long written;
    private volatile long heard;
    private volatile long asked;

    /** Written and heard a moment ago. */
    Vitals(Timer timer, DeliverySettings settings) {
        this.timer = timer;
        this.settings = settings;
        long now = timer.nanoTime();
        writeStarted = now;
        written = now;
        heard = now;
        asked = now;
    }

    void writeStarts() {
        writeStarted = timer.nanoTime();
        writing = true;
    }

    void writeEnded() {
        written = timer.nanoTime();
        writing = false;
    }

    void heard() {
        heard = timer.nanoTime();
    }

    Duration writeTimeout() {
        return settings.writeTimeout();
    }

    Duration deadAfter() {
        return settings.heartbeat().multipliedBy(2);
    }

    /**
     * What is to be done about this connection. Called with the pump's lock, every {@link DeliverySettings#CHECK}.
     *
     * @param held whether somebody writes, or is about to
     */
    Finding check(boolean held) {
        long now = timer.nanoTime();
        if (writing) {
            return now - writeStarted >= settings.writeTimeout().toNanos() ? Finding.STUCK : Finding.WELL;
        }
        if (held) {
            return Finding.WELL;
        }
        long heartbeat = settings.heartbeat().toNanos();
        boolean waitsForAnswer = asked - heard > 0;
        if (waitsForAnswer && now - asked >= heartbeat) {
            return Finding.DEAD;
        }
        long due = heartbeat - DeliverySettings.CHECK.toNanos();
        boolean silent = now - written >= due;
        if (!silent && (waitsForAnswer || now - heard < due)) {
            return Finding.WELL;
        }
        if (!waitsForAnswer) {
            asked = now;
        }
        return silent ? Finding.SILENT : Finding.PING_DUE;
    }

    /** The result of a check. */
    enum Finding {
        /** Nothing is to be done. */
        WELL,
        /** Nothing has been heard for a while, though something was written. */
        PING_DUE,
        /** Nothing has been written for a heartbeat. */
        SILENT,
        /** A write makes no progress. */
        STUCK,
        /** It was asked, and did not answer. */
        DEAD
    }
}
