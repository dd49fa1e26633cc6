package dev.parley.container;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR that the build made, with settings of a test's own. */
final class TestWar {

    static final String NAME = "parley.war";

    private TestWar() {}

    /** With a data folder that nobody had before, and {@code settings} of the form {@code name=value}. */
    static WebArchive with(String... settings) {
        return at(newFolder(), settings);
    }

    /** With its data in {@code folder}. */
    static WebArchive at(Path folder, String... settings) {
        String parameters = Stream.concat(Stream.of("data=" + folder), Stream.of(settings))
                .map(setting -> setting.split("=", 2))
                .map(pair -> "  <context-param>\n    <param-name>parley." + pair[0] + "</param-name>\n    <param-value>"
                        + pair[1] + "</param-value>\n  </context-param>\n")
                .collect(Collectors.joining());
        WebArchive war = ShrinkWrap.create(ZipImporter.class, NAME)
                .importFrom(built().toFile())
                .as(WebArchive.class);
        String descriptor = descriptor(war).replace("</web-app>", parameters + "</web-app>");
        return war.setWebXML(new StringAsset(descriptor));
    }

    private static String descriptor(WebArchive war) {
        try (InputStream in = war.get("WEB-INF/web.xml").getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where it is deployed. Containers tell some address of this machine, and listen on the loopback interface only.
     *
     * @param told what the container tells
     */
    static URI base(URL told) {
        return URI.create("http://localhost:" + told.getPort() + told.getPath().replaceFirst("/*$", "/"));
    }

    /** The file that the build made. */
    static Path built() {
        return new File(System.getProperty("war", "target/parley.war")).toPath();
    }

    /** A folder below the build's own. */
    static Path newFolder() {
        try {
            Path parent = Files.createDirectories(Path.of("target", "it-data").toAbsolutePath());
            return Files.createTempDirectory(parent, "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
