package dev.parley.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {

    private static Target query(String query) {
        return new Target("/chat/lobby", query);
    }

    @Test
    void parametersAreDecoded() {
        assertThat(query("name=%E6%9D%8E%20%E9%9B%B7&after=k%3A4").parameter("name"))
                .contains("李 雷");
        assertThat(query("a=1&name=x+y").parameter("name")).contains("x y");
        assertThat(query("n%61me=x").parameter("name")).contains("x");
    }

    @Test
    void firstValueCounts() {
        assertThat(query("name=a&name=b").parameter("name")).contains("a");
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertThat(query("").parameter("name")).isEmpty();
        assertThat(query("name").parameter("name")).isEmpty();
        assertThat(query("=a&&names=b").parameter("name")).isEmpty();
        assertThat(query("name=").parameter("name")).contains("");
    }

    @Test
    void malformedValueStaysAsItIs() {
        assertThat(query("name=100%&x=%zz").parameter("name")).contains("100%");
    }

    @Test
    void lastSegmentIsDecodedAndAPlusIsAPlus() {
        assertThat(new Target("/parley/chat/%E5%A4%A7%E5%8E%85", "").lastSegment())
                .isEqualTo("大厅");
        assertThat(new Target("/chat/a+b", "").lastSegment()).isEqualTo("a+b");
        assertThat(new Target("/chat/a%2Fb", "").lastSegment()).isEqualTo("a/b");
        assertThat(new Target("/chat/", "").lastSegment()).isEmpty();
        assertThat(new Target("", "").lastSegment()).isEmpty();
    }
}
