package dev.parley.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Runs the WAR it lies in: unpacks it to a folder that lives as long as the process, and starts {@code
 * dev.parley.standalone.Main} from there. Libraries must be files of their own for a class loader to be quick.
 */
public final class Launcher {

    private static final String MAIN = "dev.parley.standalone.Main";
    private static final String CLASSES = "WEB-INF/classes/";

    private Launcher() {}

    /** Called by {@code java -jar parley.war}. */
    public static void main(String[] args) throws ReflectiveOperationException {
        RunFolder folder;
        String version;
        List<URL> urls = new ArrayList<>();
        try {
            folder = RunFolder.create();
            version = unpack(war(), folder.path(), urls);
        } catch (IOException | URISyntaxException e) {
            System.err.println("parley: cannot be unpacked to " + System.getProperty("java.io.tmpdir") + ": " + e);
            System.exit(1);
            throw new AssertionError(e);
        }
        System.setProperty("org.sqlite.tmpdir", folder.path().toString());
        ClassLoader loader =
                new URLClassLoader("parley", urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        start(loader, args, folder, version);
    }

    private static void start(ClassLoader loader, String[] args, RunFolder folder, String version)
            throws ReflectiveOperationException {
        Runnable lastly = folder::delete;
        try {
            loader.loadClass(MAIN)
                    .getMethod("launch", String[].class, Path.class, String.class, Runnable.class)
                    .invoke(null, args, folder.path().resolve("web"), version, lastly);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static File war() throws URISyntaxException {
        return new File(Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** Unpacks what is needed, adds to {@code urls} what is to be loaded from, and tells the version. */
    private static String unpack(File war, Path folder, List<URL> urls) throws IOException {
        Files.createDirectories(folder.resolve("web"));
        urls.add(Files.createDirectories(folder.resolve("classes")).toUri().toURL());
        try (JarFile jar = new JarFile(war, false)) {
            Enumeration<? extends ZipEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String place = place(entry.getName());
                if (!entry.isDirectory() && !place.isEmpty()) {
                    Path file = folder.resolve(place).normalize();
                    if (!file.startsWith(folder)) {
                        throw new IOException(entry.getName() + " leads out of the archive");
                    }
                    copy(jar, entry, file);
                    if (place.startsWith("lib/")) {
                        urls.add(file.toUri().toURL());
                    }
                }
            }
            String version = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "(no version)" : version;
        }
    }

    /** Where a file of the archive goes, relative to the folder; empty if nowhere. */
    private static String place(String name) {
        if (name.startsWith(CLASSES)) {
            return "classes/" + name.substring(CLASSES.length());
        }
        if (name.startsWith("WEB-INF/lib/") || name.startsWith("WEB-INF/lib-provided/")) {
            return "lib/" + name.substring(name.lastIndexOf('/') + 1);
        }
        boolean hidden = name.startsWith("WEB-INF/") || name.startsWith("META-INF/") || name.endsWith(".class");
        return hidden ? "" : "web/" + name;
    }

    private static void copy(JarFile jar, ZipEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
        }
    }
}
