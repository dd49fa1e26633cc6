package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadRoomTest {

    private final LoadRoom room = new LoadRoom("r", 3, 2, 4096, new Payload(100));

    @Test
    void everybodyMustFindTheSameMessageAtTheSamePlace() {
        assertThat(room.agrees(7, 6, 1)).isTrue();
        assertThat(room.agrees(7, 6, 1)).isTrue();
        assertThat(room.agrees(7, 6, 2)).isFalse();
        assertThat(room.agrees(7, 7, 1)).isFalse();
    }

    @Test
    void whoIsFurtherBehindThanIsRememberedIsNotCompared() {
        assertThat(room.agrees(1, 6, 1)).isTrue();
        assertThat(room.agrees(1 + 256, 6, 257)).isTrue();
        assertThat(room.agrees(1, 7, 9)).isTrue();
    }

    @Test
    void publishersOfOtherRoomsAreToldFromItsOwn() {
        assertThat(room.publisherNumber(1)).isEqualTo(7);
        assertThat(room.local(7)).isEqualTo(1);
        assertThat(room.local(5)).isNegative();
        assertThat(room.local(8)).isNegative();
    }
}
