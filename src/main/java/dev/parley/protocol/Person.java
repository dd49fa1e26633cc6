package dev.parley.protocol;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody, as others see them. Names may repeat, ids never. Immutable.
 *
 * @param id 1 to 64 of {@code A-Z a-z 0-9 - _}; a guest's begins with the moment when it was made
 * @param name what others read, see {@link PersonName}
 */
public record Person(String id, PersonName name) {

    /** How many random bytes a guest's id has. */
    public static final int GUEST_RANDOM_BYTES = 10;

    private static final int TIME_BYTES = 6;
    private static final Pattern GUEST = Pattern.compile("g-([A-Za-z0-9_-]{22})");

    /** A guest's id: {@code g-}, then in base64url the milliseconds in 48 bits, as a UUID of version 7 has them, and chance. */
    public static String guestId(Instant made, byte[] random) {
        ByteBuffer bytes = ByteBuffer.allocate(TIME_BYTES + GUEST_RANDOM_BYTES);
        bytes.putShort((short) (made.toEpochMilli() >>> 32)).putInt((int) made.toEpochMilli());
        bytes.put(random);
        return "g-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** When a guest's id was made, to the millisecond; empty if this is no guest. */
    public Optional<Instant> guestSince() {
        var guest = GUEST.matcher(id);
        if (!guest.matches()) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(guest.group(1)));
        long high = Short.toUnsignedLong(bytes.getShort());
        return Optional.of(Instant.ofEpochMilli(high << 32 | Integer.toUnsignedLong(bytes.getInt())));
    }
}
