package dev.parley.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A file of the page, in memory: as it is and, where that is shorter, compressed. Immutable. */
final class PageFile {

    private final String type;
    private final byte[] plain;
    private final byte[] compressed;
    private final String tag;

    /** Takes {@code content} over; nobody may write to it afterwards. */
    PageFile(String type, byte[] content) {
        this.type = type;
        this.plain = content;
        byte[] smaller = type.contains("charset") ? Gzip.compress(content) : content;
        this.compressed = smaller.length < content.length ? smaller : content;
        this.tag = tag(content);
    }

    String type() {
        return type;
    }

    /** Whether there are two forms to choose from. */
    boolean isCompressed() {
        return compressed != plain;
    }

    /** A strong tag from the content; the two forms differ in bytes and so in their tags. */
    String etag(boolean gzip) {
        return '"' + tag + (gzip ? "-gz" : "") + '"';
    }

    /** Not to be written to. */
    byte[] bytes(boolean gzip) {
        return gzip ? compressed : plain;
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 18));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
