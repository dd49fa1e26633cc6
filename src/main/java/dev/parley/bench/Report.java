package dev.parley.bench;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What came out, for people and for programs. Confined to one thread. */
final class Report {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private final String title;
    private final List<Line> lines = new ArrayList<>();
    private final JsonObjectBuilder json = Json.createObjectBuilder();

    private record Line(String label, String value) {}

    Report(String scenario, String title) {
        this.title = title;
        json.add("scenario", scenario);
    }

    Report text(String key, String label, String value) {
        json.add(key, value);
        lines.add(new Line(label, value));
        return this;
    }

    Report count(String key, String label, long value) {
        json.add(key, value);
        lines.add(new Line(label, String.format(Locale.ROOT, "%,d", value)));
        return this;
    }

    /** A number with its unit, which its key tells, too. */
    Report number(String key, String label, double value, String unit) {
        double finite = Double.isFinite(value) ? value : 0;
        json.add(key, Double.parseDouble(String.format(Locale.ROOT, "%.6g", finite)));
        String format = Math.abs(finite) >= 100 ? "%,.0f %s" : "%.3g %s";
        lines.add(
                new Line(label, String.format(Locale.ROOT, format, finite, unit).strip()));
        return this;
    }

    /** Percentiles of nanoseconds. */
    Report times(String key, String label, Histogram nanos) {
        StringBuilder text = new StringBuilder();
        for (double percentile : PERCENTILES) {
            double micros = nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile) / 1000.0;
            String name =
                    "p" + String.valueOf(percentile).replaceAll("\\.0$", "").replace(".", "");
            json.add(key + name.toUpperCase(Locale.ROOT) + "Micros", micros);
            text.append(String.format(
                    Locale.ROOT, "p%s %s  ", String.valueOf(percentile).replaceAll("\\.0$", ""), time(micros)));
        }
        double most = nanos.getTotalCount() == 0 ? 0 : nanos.getMaxValue() / 1000.0;
        json.add(key + "MaxMicros", most);
        lines.add(new Line(label, text + "max " + time(most)));
        return this;
    }

    private static String time(double micros) {
        double value = micros < 1000 ? micros : micros < 1_000_000 ? micros / 1000 : micros / 1_000_000;
        String unit = micros < 1000 ? "us" : micros < 1_000_000 ? "ms" : "s";
        return String.format(Locale.ROOT, value >= 100 ? "%.0f %s" : "%.3g %s", value, unit);
    }

    String asText() {
        int width = lines.stream().mapToInt(line -> line.label().length()).max().orElse(0);
        return title + "\n"
                + lines.stream()
                        .map(line -> "  " + line.label()
                                + " ".repeat(width + 2 - line.label().length()) + line.value())
                        .collect(Collectors.joining("\n"));
    }

    String asJson() {
        return json.build().toString();
    }
}
