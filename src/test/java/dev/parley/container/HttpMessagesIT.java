package dev.parley.container;

import dev.parley.contract.MessagesContract;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@link MessagesContract} on the WAR as it is deployed. */
@ExtendWith(ArquillianExtension.class)
class HttpMessagesIT extends MessagesContract {

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TestWar.with(SETTINGS.toArray(String[]::new));
    }

    @Override
    protected URI base() {
        return TestWar.base(url);
    }
}
