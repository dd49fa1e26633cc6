package dev.parley.app;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link Settings} from where they can be set. The first place that has one wins: command line, environment,
 * system properties, servlet context parameters, default. Confined to the thread that starts the server.
 */
public final class SettingsReader {

    private final Map<String, String> options;
    private final Map<String, String> environment;
    private final Properties properties;
    private final UnaryOperator<@Nullable String> contextParameters;
    private final String defaultData;
    private final Map<String, String> inEffect = new LinkedHashMap<>();

    SettingsReader(
            Map<String, String> options,
            Map<String, String> environment,
            Properties properties,
            UnaryOperator<@Nullable String> contextParameters,
            String defaultData) {
        this.options = Map.copyOf(options);
        this.environment = Map.copyOf(environment);
        this.properties = properties;
        this.contextParameters = contextParameters;
        this.defaultData = defaultData;
    }

    /** For the standalone server; {@code options} are what its command line says, by the settings' names. */
    public static SettingsReader standalone(Map<String, String> options) {
        return new SettingsReader(
                options, System.getenv(), System.getProperties(), name -> null, DataFolder.standalone());
    }

    /** For a web application in a container. */
    public static SettingsReader inContainer(ServletContext context) {
        return new SettingsReader(
                Map.of(),
                System.getenv(),
                System.getProperties(),
                context::getInitParameter,
                DataFolder.inContainer(context.getContextPath(), System::getProperty));
    }

    /**
     * Reads them all.
     *
     * @throws SettingsException at the first value that cannot be
     */
    public Settings read() {
        return new Settings(
                value(Setting.HOST),
                intValue(Setting.PORT),
                value(Setting.DATA),
                value(Setting.ORIGINS),
                value(Setting.TRUST_FORWARDED),
                intValue(Setting.MAX_TEXT_CHARS),
                intValue(Setting.MAX_FRAME),
                intValue(Setting.MAX_NAME_CHARS),
                intValue(Setting.MAX_ROOM_NAME_CHARS),
                intValue(Setting.MAX_ROOMS),
                intValue(Setting.RATE),
                intValue(Setting.BURST),
                intValue(Setting.MAX_CONNECTIONS_PER_ADDRESS),
                intValue(Setting.MAX_CONNECTIONS),
                value(Setting.HEARTBEAT),
                value(Setting.WRITE_TIMEOUT),
                value(Setting.LINGER),
                intValue(Setting.BACKLOG),
                value(Setting.KEEP_AGE),
                value(Setting.KEEP_COUNT),
                value(Setting.GAP_ROOMS),
                value(Setting.SLOW_LAG),
                value(Setting.MAX_ECHO),
                value(Setting.LAB_TROUBLE));
    }

    private int intValue(Setting<Long> setting) {
        return Math.toIntExact(value(setting));
    }

    private <T> T value(Setting<T> setting) {
        Found found = find(setting);
        inEffect.put(setting.name(), setting.secret() ? "***" : found.text());
        try {
            return setting.form().parse().apply(found.text().strip());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(String.format(
                    "%s: '%s', may be %s",
                    found.where(),
                    setting.secret() ? "***" : found.text(),
                    setting.form().allowed()));
        }
    }

    private Found find(Setting<?> setting) {
        return found("--" + setting.name(), options.get(setting.name()))
                .or(() -> found(setting.variable(), environment.get(setting.variable())))
                .or(() -> found(setting.property(), properties.getProperty(setting.property())))
                .or(() -> found(setting.property(), contextParameters.apply(setting.property())))
                .orElseGet(() ->
                        new Found(setting.name(), setting.equals(Setting.DATA) ? defaultData : setting.defaultText()));
    }

    private static Optional<Found> found(String where, @Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(new Found(where, text));
    }

    /** Lines to log as warnings: names that look like ours and are not. */
    public List<String> warnings() {
        List<String> names = new ArrayList<>();
        environment.keySet().stream()
                .filter(name -> name.startsWith("PARLEY_"))
                .filter(name -> Setting.ALL.stream()
                        .noneMatch(setting -> setting.variable().equals(name)))
                .forEach(names::add);
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("parley."))
                .filter(name -> Setting.ALL.stream()
                        .noneMatch(setting -> setting.property().equals(name)))
                .forEach(names::add);
        return names.stream().sorted().map(name -> name + " is no setting").toList();
    }

    /** What {@link #read} read, one {@code name=value} a line, as it was written; secrets masked. */
    public String describe() {
        return inEffect.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Whether {@code name} is a setting. */
    public static boolean knows(String name) {
        return Setting.ALL.stream().anyMatch(setting -> setting.name().equals(name));
    }

    /** A table of all settings for people: name, default, what it is for and may be. */
    public static String help() {
        return Setting.ALL.stream()
                .map(setting -> String.format(
                        "  --%-26s %-10s %s (%s)",
                        setting.name(),
                        setting.defaultText(),
                        setting.about(),
                        setting.form().allowed()))
                .collect(Collectors.joining("\n"));
    }

    private record Found(String where, String text) {}
}
