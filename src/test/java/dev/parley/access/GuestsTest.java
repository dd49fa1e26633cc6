package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import org.junit.jupiter.api.Test;

class GuestsTest {

    private final Guests guests = new Guests(secret(1), 32);

    private static byte[] secret(int seed) {
        byte[] secret = new byte[32];
        secret[0] = (byte) seed;
        return secret;
    }

    private static String cookie(Guests by, Person guest) {
        String header = by.setCookie(guest, "", false);
        return header.substring(0, header.indexOf(';'));
    }

    private static Person person(String name) {
        return new Person("g-1", new PersonName(name));
    }

    @Test
    void guestComesBackFromTheCookie() {
        Person guest = guests.create();

        assertThat(guests.read(cookie(guests, guest))).contains(guest);
    }

    @Test
    void newGuestsAreNumberedAndDiffer() {
        assertThat(guests.create().name().value()).matches("Guest [1-9][0-9]{3}");
        assertThat(guests.create().id())
                .matches("g-[A-Za-z0-9_-]{22}")
                .isNotEqualTo(guests.create().id());
    }

    @Test
    void longestNameThatIsAllowedFitsIntoTheCookie() {
        for (int maxNameChars : new int[] {1, 32, 256}) {
            Guests generous = new Guests(secret(1), maxNameChars);
            Person guest = new Person(generous.create().id(), new PersonName("😀".repeat(maxNameChars)));

            assertThat(generous.read(cookie(generous, guest))).contains(guest);
        }
    }

    @Test
    void cookieIsForTheWholeApplicationAndNoScript() {
        assertThat(guests.setCookie(person("Ada"), "/parley", true))
                .matches("parley_guest=[^;]+; Path=/parley/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure");
        assertThat(guests.setCookie(person("Ada"), "", false))
                .contains("; Path=/;")
                .doesNotContain("Secure");
    }

    @Test
    void forgedCookieIsNobody() {
        String cookie = cookie(guests, person("Ada"));
        String[] parts = cookie.split("\\.", -1);
        String other = cookie(guests, person("Eve")).split("\\.", -1)[1];

        assertThat(guests.read(parts[0] + "." + other + "." + parts[2])).isEmpty();
        assertThat(guests.read(parts[0] + "x." + parts[1] + "." + parts[2])).isEmpty();
        assertThat(guests.read(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(guests.read(parts[0] + "." + parts[1])).isEmpty();
        assertThat(guests.read(cookie + ".x")).isEmpty();
        assertThat(guests.read(parts[0] + "." + parts[1] + ".***")).isEmpty();
        assertThat(guests.read("parley_guest=" + "x".repeat(100_000))).isEmpty();
        assertThat(guests.read("")).isEmpty();
    }

    @Test
    void cookieOfAnotherServerIsNobody() {
        assertThat(guests.read(cookie(new Guests(secret(2), 32), person("Ada"))))
                .isEmpty();
    }

    @Test
    void nameThatIsTooLongByNowIsNobody() {
        assertThat(new Guests(secret(1), 2).read(cookie(guests, person("Ada")))).isEmpty();
    }

    @Test
    void firstGoodOneOfSeveralCookiesCounts() {
        String ada = cookie(guests, person("Ada"));
        String foreign = cookie(new Guests(secret(2), 32), person("Eve"));

        assertThat(guests.read("theme=dark; " + foreign + ";" + ada + "; x=y")).contains(person("Ada"));
        assertThat(guests.read("xparley_guest=" + ada.substring(ada.indexOf('=') + 1)))
                .isEmpty();
    }

    @Test
    void cookieIsForTheContextAsTheBrowserSeesIt() {
        assertThat(guests.setCookie(guests.create(), "/pa rley/聊", false)).contains("; Path=/pa%20rley/%E8%81%8A/;");
    }
}
