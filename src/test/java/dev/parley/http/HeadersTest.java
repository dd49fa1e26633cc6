package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small readers of request headers, and the one policy that repeats a request header. */
class HeadersTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "W/\"a\"", "*", " * ", "\"x\", W/\"y\" ,\"a\"", "\"x,y\",\"a\""})
    void matchingTagIsFound(String header) {
        assertThat(EntityTag.matches(List.of(header), "\"a\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"a-gz\"", "\"A\"", "\"x,a\"", "\"a"})
    void otherTagsDoNotMatch(String header) {
        assertThat(EntityTag.matches(List.of(header), "\"a\"")).isFalse();
    }

    @Test
    void tagInASecondHeaderLineIsFound() {
        assertThat(EntityTag.matches(List.of("\"x\"", "\"a\""), "\"a\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip", "GZIP;q=0.1", "*", "deflate;q=0, *;q=0.5", "x-gzip", "gzip ; q=1"})
    void gzipIsAllowed(String header) {
        assertThat(AcceptEncoding.allowsGzip(List.of(header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip;q=0, *", "*;q=0", "identity", "gzip;q=x"})
    void gzipIsNotAllowed(String header) {
        assertThat(AcceptEncoding.allowsGzip(List.of(header))).isFalse();
    }

    @Test
    void pageMayFrameItsOwnStreamsAndNothingElse() {
        assertThat(SecurityHeaders.contentPolicy("localhost")).contains("; frame-src 'self';");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "192.168.1.5:8080", "chat.example.org"})
    void policyNamesTheSocketsOfAHost(String host) {
        assertThat(SecurityHeaders.contentPolicy(host))
                .contains("connect-src 'self' ws://" + host + " wss://" + host + ";");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "a b",
                "a;script-src *",
                "*.example.org",
                "a/b",
                "a,b",
                "[::1]:8080",
                "a_b",
                "-a",
                "a..b",
                "host:123456",
                "host\n",
                "höst",
            })
    void policyLeavesOddHostsOut(String host) {
        assertThat(SecurityHeaders.contentPolicy(host)).contains("connect-src 'self'; base-uri");
    }
}
