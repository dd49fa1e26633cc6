package dev.parley.access;

import java.util.Optional;

/** Whose address counts: the TCP peer's, or the one that a trusted proxy names. Immutable. */
public final class ForwardedFor {

    private final boolean trusted;

    /** Believes {@code X-Forwarded-For} only if {@code trusted}. */
    public ForwardedFor(boolean trusted) {
        this.trusted = trusted;
    }

    /** Whether a proxy's word is believed. */
    public boolean isTrusted() {
        return trusted;
    }

    /**
     * The client's address.
     *
     * @param peer the TCP peer's
     * @param header {@code X-Forwarded-For}: the last address in it, the one that the nearest proxy added, counts
     */
    public String address(String peer, Optional<String> header) {
        if (!trusted || header.isEmpty()) {
            return peer;
        }
        String list = header.get();
        String last = list.substring(list.lastIndexOf(',') + 1).strip();
        return last.isEmpty() || last.length() > 64 ? peer : last;
    }
}
