package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionsTest {

    private final Admissions admissions = new Admissions(2, 5);

    @Test
    void addressHasItsShare() {
        assertThat(admissions.enter("a")).isEmpty();
        assertThat(admissions.enter("a")).isEmpty();
        assertThat(admissions.enter("a"))
                .contains(new Admissions.Full("2 connections from your address, at most 2", true));
        assertThat(admissions.enter("b")).isEmpty();
    }

    @Test
    void whoLeavesMakesRoom() {
        admissions.enter("a");
        admissions.enter("a");
        admissions.leave("a");

        assertThat(admissions.enter("a")).isEmpty();
        assertThat(admissions.enter("a")).isPresent();
    }

    @Test
    void allTogetherHaveALimit() {
        for (String address : new String[] {"a", "b", "c", "d", "e"}) {
            assertThat(admissions.enter(address)).isEmpty();
        }
        assertThat(admissions.enter("f")).contains(new Admissions.Full("5 connections, at most 5", false));
        admissions.leave("a");
        assertThat(admissions.enter("f")).isEmpty();
    }

    @Test
    void whoWasNotAdmittedIsNotCounted() {
        admissions.enter("a");
        admissions.enter("a");
        for (int i = 0; i < 10; i++) {
            admissions.enter("a");
        }
        assertThat(admissions.enter("b")).isEmpty();
    }

    @Test
    void unknownAddressHasTheShareOfAll() {
        for (int i = 0; i < 5; i++) {
            assertThat(admissions.enter("")).isEmpty();
        }
        assertThat(admissions.enter("")).isPresent();
    }
}
