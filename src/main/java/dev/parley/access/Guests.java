package dev.parley.access;

import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Guests: a random id and a name, in a cookie signed with a secret that is kept in the store. Whoever has the cookie is
 * the guest, on every edge. Thread-safe.
 */
public final class Guests {

    /** The cookie's name. */
    public static final String COOKIE = "parley_guest";

    private static final Duration MAX_AGE = Duration.ofDays(365);

    private static final String UNENCODED =
            "/-._~!$&'()*+,=:@0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Room for the id and the signature. */
    private static final int COOKIE_CHARS = 128;

    /** Four bytes of UTF-8 in Base64, rounded up. */
    private static final int COOKIE_CHARS_FOR_EACH = 6;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec secret;
    private final int maxNameChars;
    private final SecureRandom random = new SecureRandom();

    /**
     * Signs with {@code secret} (HMAC-SHA256).
     *
     * @param maxNameChars the longest name that a cookie is believed to carry
     */
    public Guests(byte[] secret, int maxNameChars) {
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
        this.maxNameChars = maxNameChars;
    }

    /** Somebody new, called <i>Guest</i> and four digits. */
    public Person create() {
        byte[] chance = new byte[Person.GUEST_RANDOM_BYTES];
        random.nextBytes(chance);
        String id = Person.guestId(Instant.now(), chance);
        return new Person(id, PersonName.madeUp(1000 + random.nextInt(9000)));
    }

    /** The guest in a {@code Cookie} header, if one is there and signed here. */
    public Optional<Person> read(String cookieHeader) {
        for (String cookie : cookieHeader.split(";", 64)) {
            int equals = cookie.indexOf('=');
            if (equals > 0 && cookie.substring(0, equals).strip().equals(COOKIE)) {
                Optional<Person> guest =
                        verify(unquoted(cookie.substring(equals + 1).strip()));
                if (guest.isPresent()) {
                    return guest;
                }
            }
        }
        return Optional.empty();
    }

    /** Some clients, Java's own among them, send a cookie's value in quotes (RFC 6265, section 4.1.1). */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /**
     * The {@code Set-Cookie} header that makes the client {@code guest}.
     *
     * @param contextPath the web application's as its context tells it, decoded, empty for the root
     * @param secure whether the request came over TLS
     */
    public String setCookie(Person guest, String contextPath, boolean secure) {
        return COOKIE + "=" + sign(guest) + "; Path=" + encode(contextPath) + "/; Max-Age=" + MAX_AGE.toSeconds()
                + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    /** A browser compares a cookie's path with the URL's, which is encoded. */
    private static String encode(String path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (UNENCODED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }

    private String sign(Person guest) {
        String name = BASE64.encodeToString(guest.name().value().getBytes(StandardCharsets.UTF_8));
        String signed = guest.id() + "." + name;
        return signed + "." + BASE64.encodeToString(mac(signed));
    }

    private Optional<Person> verify(String value) {
        String[] parts = value.split("\\.", -1);
        if (value.length() > COOKIE_CHARS + COOKIE_CHARS_FOR_EACH * maxNameChars || parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] mac = Base64.getUrlDecoder().decode(parts[2]);
            if (!MessageDigest.isEqual(mac, mac(parts[0] + "." + parts[1]))) {
                return Optional.empty();
            }
            String name = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Optional.of(new Person(parts[0], PersonName.parse(name, maxNameChars)));
        } catch (IllegalArgumentException | ProtocolException notOurs) {
            return Optional.empty();
        }
    }

    private byte[] mac(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
