package dev.parley.app;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the data is when nobody says: a place that outlives a redeployment. */
final class DataFolder {

    /** The system properties by which containers tell where they are, in the order to be asked. */
    private static final List<String> BASES = List.of(
            "jboss.server.data.dir", "com.sun.aas.instanceRoot", "catalina.base", "jetty.base", "server.output.dir");

    private DataFolder() {}

    /** For the standalone server: beside where it was started. */
    static String standalone() {
        return "parley-data";
    }

    /** For a web application at {@code contextPath} in a container that tells by its system properties where it is. */
    static String inContainer(String contextPath, UnaryOperator<@Nullable String> property) {
        String name = contextPath.isEmpty() || contextPath.equals("/")
                ? "ROOT"
                : contextPath.substring(1).replace('/', '#');
        for (String base : BASES) {
            String folder = property.apply(base);
            if (folder != null && !folder.isBlank()) {
                return folder + "/parley/" + name;
            }
        }
        return property.apply("user.home") + "/.parley/" + name;
    }
}
