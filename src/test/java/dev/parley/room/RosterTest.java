package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Person;
import dev.parley.protocol.PersonName;
import dev.parley.protocol.ServerMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final Person ADA = BacklogTest.ADA;
    private static final Person HAN = new Person("g-han", new PersonName("Han"));

    private final Roster roster = new Roster(BacklogTest.LOBBY);

    private static Person guest(int number) {
        return new Person("g-" + number, new PersonName("Guest " + number));
    }

    @Test
    void personWithTwoTabsIsThereOnce() {
        roster.enter(ADA);
        roster.enter(ADA);

        assertThat(roster.count()).isEqualTo(1);
        assertThat(roster.exit(ADA.id())).isFalse();
        assertThat(roster.exit(ADA.id())).isTrue();
    }

    @Test
    void changesGatherUntilTheyArePublished() {
        roster.enter(ADA);
        roster.enter(HAN);
        assertThat(roster.since(0)).isEmpty();

        roster.publish();

        assertThat(roster.since(0))
                .containsExactly(new ServerMessage.Presence(BacklogTest.LOBBY, 1, List.of(ADA, HAN), List.of(), 2));
        assertThat(roster.since(1)).isEmpty();
    }

    @Test
    void whoLeavesBeforeAVersionIsToldAllTheSame() {
        roster.enter(HAN);
        roster.publish();
        roster.enter(ADA);
        // Somebody who joins now gets Ada in the list.
        assertThat(roster.listed()).contains(ADA);
        roster.exit(ADA.id());
        roster.gone(ADA.id());
        roster.publish();

        assertThat(roster.since(1))
                .containsExactly(new ServerMessage.Presence(BacklogTest.LOBBY, 2, List.of(), List.of(ADA), 1));
    }

    @Test
    void newNameIsAJoinOfTheSameId() {
        roster.enter(ADA);
        roster.publish();
        Person renamed = new Person(ADA.id(), new PersonName("Countess"));

        roster.rename(renamed);
        roster.publish();

        assertThat(roster.since(1))
                .containsExactly(new ServerMessage.Presence(BacklogTest.LOBBY, 2, List.of(renamed), List.of(), 1));
        roster.rename(renamed);
        assertThat(roster.hasChanges()).isFalse();
    }

    @Test
    void lateDeltasAreReplacedByARoster() {
        for (int i = 1; i <= 70; i++) {
            roster.enter(guest(i));
            roster.publish();
        }

        assertThat(roster.since(6)).hasSize(64);
        assertThat(roster.since(5)).singleElement().isInstanceOfSatisfying(ServerMessage.Roster.class, whole -> {
            assertThat(whole.version()).isEqualTo(70);
            assertThat(whole.count()).isEqualTo(70);
            assertThat(whole.members()).hasSize(70);
        });
    }

    @Test
    void crowdThatComesAtOnceIsToldAsARosterOfTheFirst() {
        for (int i = 1; i <= 1000; i++) {
            roster.enter(guest(i));
        }
        roster.publish();

        assertThat(roster.since(0)).singleElement().isInstanceOfSatisfying(ServerMessage.Roster.class, whole -> {
            assertThat(whole.count()).isEqualTo(1000);
            assertThat(whole.members()).hasSize(Roster.LISTED);
        });
        roster.enter(ADA);
        roster.publish();
        assertThat(roster.since(1)).singleElement().isInstanceOf(ServerMessage.Presence.class);
        assertThat(roster.since(0)).singleElement().isInstanceOf(ServerMessage.Roster.class);
    }
}
