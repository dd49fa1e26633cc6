package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.http.TroubleFor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

    private final Map<String, String> options = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Properties properties = new Properties();
    private final Map<String, String> contextParameters = new HashMap<>();

    @Test
    void everythingHasADefault() {
        Settings settings = reader().read();

        assertThat(settings.host()).isEqualTo("localhost");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.data()).isEqualTo(Path.of("somewhere").toAbsolutePath());
        assertThat(settings.origins()).isEmpty();
        assertThat(settings.maxFrame()).isEqualTo(64 * 1024);
        assertThat(settings.maxEcho()).isEqualTo(16L * 1024 * 1024);
        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(25));
        assertThat(settings.keepAge()).isEmpty();
        assertThat(settings.keepCount()).isEmpty();
    }

    @Test
    void theFirstPlaceThatHasASettingWins() {
        contextParameters.put("parley.maxRooms", "1");
        assertThat(reader().read().maxRooms()).isEqualTo(1);
        properties.setProperty("parley.maxRooms", "2");
        assertThat(reader().read().maxRooms()).isEqualTo(2);
        environment.put("PARLEY_MAX_ROOMS", "3");
        assertThat(reader().read().maxRooms()).isEqualTo(3);
        options.put("maxRooms", "4");
        assertThat(reader().read().maxRooms()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2s, 2000", "1m, 60000", "2min, 120000"})
    void timesHaveUnits(String text, long millis) {
        options.put("writeTimeout", text);

        assertThat(reader().read().writeTimeout()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"2048, 2048", "64KiB, 65536", "1MiB, 1048576"})
    void sizesMayHaveUnits(String text, long bytes) {
        options.put("maxEcho", text);

        assertThat(reader().read().maxEcho()).isEqualTo(bytes);
    }

    @Test
    void listsHaveCommas() {
        options.put("origins", "https://a.example, http://b.example:8080");
        options.put("gapRooms", "大厅,dev");

        assertThat(reader().read().origins()).containsExactlyInAnyOrder("https://a.example", "http://b.example:8080");
        assertThat(reader().read().gapRooms()).containsExactlyInAnyOrder("大厅", "dev");
    }

    @Test
    void whatIsKeptCanBeLimited() {
        options.put("keepAge", "24h");
        options.put("keepCount", "1000");

        assertThat(reader().read().keepAge()).isEqualTo(Optional.of(Duration.ofDays(1)));
        assertThat(reader().read().keepCount()).isEqualTo(OptionalLong.of(1000));
    }

    @ParameterizedTest
    @CsvSource({"local, LOCAL", "all, ALL", "none, NONE"})
    void wordsAreAsTheyAreTold(String text, TroubleFor meant) {
        options.put("labTrouble", text);

        assertThat(reader().read().labTrouble()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "port, 65536",
        "port, -1",
        "port, x",
        "heartbeat, 25",
        "heartbeat, 61s",
        "heartbeat, 0s",
        "maxFrame, 257KiB",
        "maxFrame, 64KB",
        "trustForwarded, yes",
        "origins, example.org",
        "keepAge, 1",
        "keepCount, 0",
        "rate, 1.5",
        "maxEcho, 999999999999GiB",
        "linger, ''",
        "labTrouble, LOCAL",
        "labTrouble, yes",
        "host, ''"
    })
    void aWrongValueIsToldWithItsNameAndWhatItMayBe(String name, String value) {
        options.put(name, value);

        assertThatThrownBy(() -> reader().read())
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("--" + name + ": '" + value + "', may be ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aWrongValueIsToldByTheNameOfWhereItWasSet() {
        environment.put("PARLEY_MAX_TEXT_CHARS", "many");

        assertThatThrownBy(() -> reader().read())
                .hasMessage("PARLEY_MAX_TEXT_CHARS: 'many', may be a whole number from 1 to 65536");
    }

    @Test
    void namesThatLookLikeOursAreWarnedOf() {
        environment.put("PARLEY_PROT", "1");
        environment.put("PARLEY_PORT", "1");
        properties.setProperty("parley.hots", "x");

        assertThat(reader().warnings()).containsExactly("PARLEY_PROT is no setting", "parley.hots is no setting");
    }

    @Test
    void whatIsInEffectIsDescribed() {
        options.put("port", "0");
        SettingsReader reader = reader();
        reader.read();

        assertThat(reader.describe().lines()).hasSize(Setting.ALL.size()).contains("port=0", "heartbeat=25s");
    }

    @Test
    void everySettingIsInTheHelp() {
        assertThat(SettingsReader.help().lines())
                .hasSize(Settings.class.getRecordComponents().length)
                .anySatisfy(line -> assertThat(line).contains("--maxEcho").contains("16MiB"));
    }

    @Test
    void dataLivesBesideTheContainersOwn() {
        Map<String, String> tomcat = Map.of("catalina.base", "/opt/tomcat", "user.home", "/home/me");

        assertThat(DataFolder.inContainer("", tomcat::get)).isEqualTo("/opt/tomcat/parley/ROOT");
        assertThat(DataFolder.inContainer("/chat", tomcat::get)).isEqualTo("/opt/tomcat/parley/chat");
        assertThat(DataFolder.inContainer("/a/b", tomcat::get)).isEqualTo("/opt/tomcat/parley/a#b");
        assertThat(DataFolder.inContainer("/chat", Map.of("user.home", "/home/me")::get))
                .isEqualTo("/home/me/.parley/chat");
    }

    private SettingsReader reader() {
        return new SettingsReader(options, environment, properties, contextParameters::get, "somewhere");
    }
}
