package dev.parley.container;

import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The standalone server as Arquillian sees a container: a deployment is a process, the context parameters of its
 * {@code web.xml} are the options on its command line, and an undeployment is SIGTERM, which must end it with 0.
 */
public final class StandaloneContainer implements DeployableContainer<StandaloneContainer.Configuration> {

    private static final String PREFIX = "parley.";

    private Optional<ServerProcess> server = Optional.empty();

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path war = TestWar.newFolder().resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(war.toFile());
        ServerProcess started = ServerProcess.start(war, options(archive).toArray(String[]::new));
        server = Optional.of(started);
        URI base = started.base();
        HTTPContext context = new HTTPContext(base.getHost(), base.getPort());
        context.add(new Servlet("page", "/"));
        return new ProtocolMetaData().addContext(context);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        ServerProcess running = server.orElseThrow();
        server = Optional.empty();
        int exit = running.stop();
        if (exit != 0) {
            throw new DeploymentException("exit code " + exit + ": " + String.join("\n", running.output()));
        }
    }

    private static List<String> options(Archive<?> archive) {
        try (InputStream descriptor = archive.get("WEB-INF/web.xml").getAsset().openStream()) {
            NodeList parameters = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(descriptor)
                    .getElementsByTagName("context-param");
            List<String> options = new ArrayList<>();
            for (int i = 0; i < parameters.getLength(); i++) {
                Element parameter = (Element) parameters.item(i);
                String name = text(parameter, "param-name");
                if (name.startsWith(PREFIX)) {
                    options.addAll(
                            Arrays.asList("--" + name.substring(PREFIX.length()), text(parameter, "param-value")));
                }
            }
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException("no web.xml to be read", e);
        }
    }

    private static String text(Element parameter, String name) {
        return parameter.getElementsByTagName(name).item(0).getTextContent();
    }

    /** Nothing to configure. */
    public static final class Configuration implements ContainerConfiguration {

        @Override
        public void validate() {}
    }

    /** Tells Arquillian; named in {@code META-INF/services} where the standalone server is tested. */
    public static final class Extension implements LoadableExtension {

        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, StandaloneContainer.class);
        }
    }
}
