package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagePathTest {

    @Test
    void slashIsTheIndex() {
        assertThat(PagePath.parse("/")).get().extracting(PagePath::value).isEqualTo("/index.html");
    }

    @ParameterizedTest
    @CsvSource({
        "/index.html, text/html;charset=UTF-8",
        "/js/view/log.js, text/javascript;charset=UTF-8",
        "/css/base.css, text/css;charset=UTF-8",
        "/favicon.svg, image/svg+xml;charset=UTF-8",
    })
    void filesOfThePageHaveTheirType(String path, String type) {
        assertThat(PagePath.parse(path)).contains(new PagePath(path, type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/js",
                "/js/",
                "//index.html",
                "/../index.html",
                "/js/../index.html",
                "/./index.html",
                "/%2e%2e/index.html",
                "/js/%6dain.js",
                "/js/main.js;jsessionid=1",
                "/js;a=b/main.js",
                "/js\\main.js",
                "/index.html%00",
                "/index.html\0.js",
                "/index.html.",
                "/.hidden.js",
                "/js/.hidden/a.js",
                "/WEB-INF/web.html",
                "/web-inf/web.html",
                "/WEB-INF./web.html",
                "/META-INF/a.txt",
                "/dev/parley/a.html",
                "/dev/parley/launcher/Launcher.class",
                "/Launcher.class",
                "/README",
                "/index.HTML",
                "/index.html\n",
                "/页.html",
            })
    void everythingElseIsNoFile(String path) {
        assertThat(PagePath.parse(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/parley, ./parley/",
        "/a/b, ./b/",
        "/%E8%81%8A%E5%A4%A9, ./%E8%81%8A%E5%A4%A9/",
        "/parley;jsessionid=1, ./parley/",
        "//example.org, ./example.org/",
    })
    void slashIsAddedByARelativeReference(String target, String reference) {
        assertThat(PagePath.withSlash(target)).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource({
        "'', /js/main.js, /js/main.js",
        "'', /, /",
        "/parley, /parley/js/main.js, /js/main.js",
        "/parley, /parley/, /",
        "/parley, /parley, ''",
        "/a/b, /a/b/, /",
        "/聊天, /%E8%81%8A%E5%A4%A9/index.html, /index.html",
        "/parley, /x/../parley/index.html, /../parley/index.html",
    })
    void contextPathIsTakenOffHoweverItIsEncoded(String contextPath, String uri, String inside) {
        assertThat(PagePath.inside(contextPath, uri)).isEqualTo(inside);
    }
}
