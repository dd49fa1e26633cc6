package dev.parley.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.grizzly.servlet.WebappContext;
import org.jspecify.annotations.Nullable;

/**
 * The servlet context at {@code /}. Grizzly's own looks its resources up in the class path, where every class and library
 * is; this one has the static files below a folder and nothing else. Thread-safe.
 */
final class UnpackedContext extends WebappContext {

    private final Path root;

    /** {@code root} is a real path. */
    UnpackedContext(Path root) {
        super("parley", "", root.toString());
        this.root = root;
    }

    @Override
    public @Nullable URL getResource(String path) throws MalformedURLException {
        Optional<Path> file = resolve(path).filter(Files::exists);
        return file.isPresent() ? file.get().toUri().toURL() : null;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String path) {
        Optional<Path> file = resolve(path).filter(Files::isRegularFile);
        try {
            return file.isPresent() ? Files.newInputStream(file.get()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable Set<String> getResourcePaths(String path) {
        Optional<Path> folder = resolve(path).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return null;
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> resolve("/" + root.relativize(file)).isPresent())
                    .map(file -> "/" + root.relativize(file).toString().replace('\\', '/')
                            + (Files.isDirectory(file) ? "/" : ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable String getRealPath(String path) {
        return resolve(path).map(Path::toString).orElse(null);
    }

    private Optional<Path> resolve(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (!path.startsWith("/")
                || lower.startsWith("/web-inf")
                || lower.startsWith("/meta-inf")
                || lower.endsWith(".class")) {
            return Optional.empty();
        }
        try {
            Path file = root.resolve(path.substring(1)).normalize();
            return file.startsWith(root) && !file.getFileName().toString().startsWith(".")
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
