package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {

    private static boolean allowed(Origins origins, String origin, String host) {
        return origins.allows(Optional.of(origin), Optional.of(host));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,localhost:8080",
        "http://example.org,example.org",
        "http://example.org,example.org:80",
        "http://example.org:80,example.org",
        "https://example.org,example.org",
        "https://example.org,example.org:443",
        "https://example.org:443,example.org",
        "HTTPS://Example.ORG,eXample.org",
        "http://[::1]:8080,[::1]:8080",
        "http://[::1],[::1]:80",
        "http://[FE80::80],[fe80::80]",
        "http://chat_server:8080,chat_server:8080",
    })
    void pageOfTheSameHostAndPortMayCome(String origin, String host) {
        assertThat(allowed(new Origins(List.of()), origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8081,localhost:8080",
        "http://localhost,localhost:8080",
        "http://evil.example,example.org",
        "http://example.org.evil.example,example.org",
        "http://evilexample.org,example.org",
        "http://example.org@evil.example,example.org",
        "http://evil.example/example.org,example.org",
        "https://example.org,example.org:80",
        "http://example.org,example.org:443",
        "http://[::1]:8080,[::2]:8080",
        "null,example.org",
        "null,null",
        "file://,example.org",
        "ftp://example.org,example.org",
        "example.org,example.org",
        "'',example.org",
        "'',''",
        "http://,''",
    })
    void anyOtherPageMayNot(String origin, String host) {
        assertThat(allowed(new Origins(List.of()), origin, host)).isFalse();
    }

    @Test
    void requestWithoutOriginIsNoBrowsers() {
        assertThat(new Origins(List.of()).allows(Optional.empty(), Optional.of("example.org")))
                .isTrue();
    }

    @Test
    void pageWithoutAHostToCompareMayNot() {
        assertThat(new Origins(List.of()).allows(Optional.of("http://example.org"), Optional.empty()))
                .isFalse();
    }

    @Test
    void pageOnTheAllowListMayCome() {
        Origins origins = new Origins(List.of("https://App.example/", "http://other.example:80"));

        assertThat(allowed(origins, "https://app.example", "chat.example")).isTrue();
        assertThat(allowed(origins, "https://app.example:443", "chat.example")).isTrue();
        assertThat(allowed(origins, "http://other.example", "chat.example")).isTrue();
        assertThat(allowed(origins, "http://app.example", "chat.example")).isFalse();
        assertThat(allowed(origins, "https://chat.example", "chat.example")).isTrue();
    }

    @Test
    void starLetsEveryPageIn() {
        assertThat(allowed(new Origins(List.of("*")), "null", "chat.example")).isTrue();
    }
}
