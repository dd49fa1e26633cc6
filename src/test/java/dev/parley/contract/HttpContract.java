package dev.parley.contract;

import dev.parley.testing.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Tests of what goes over HTTP. Each has a room that nobody else has; who runs them says where the application is. */
@Timeout(120)
public abstract class HttpContract {

    protected static final String JSON = "Content-Type: application/json";
    protected static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    protected static final String TEXT = "Content-Type: text/plain";

    /** The room's resources, relative to the application. */
    protected final String room = "api/rooms/r-" + UUID.randomUUID();

    protected final String messages = room + "/messages";
    private final List<HttpConnection> opened = new ArrayList<>();

    /** Where the application is, with a slash at the end. */
    protected abstract URI base();

    @AfterEach
    void closeConnections() throws IOException {
        for (HttpConnection connection : opened) {
            connection.close();
        }
    }

    /** A connection of its own, which ends with the test. */
    protected final HttpConnection http() throws IOException {
        return http(0);
    }

    /** The same with a receive buffer of about so many bytes. */
    protected final HttpConnection http(int receiveBytes) throws IOException {
        HttpConnection connection = new HttpConnection(base(), receiveBytes);
        opened.add(connection);
        return connection;
    }

    /** The header of somebody new who keeps cookies. */
    protected final String cookie() throws IOException {
        return "Cookie: " + http().ask("GET api/me", "").header("Set-Cookie").replaceAll(";.*", "");
    }

    /** The cursor of an answer, its last if there are several. */
    protected static String cursor(HttpConnection.Answer answer) {
        return answer.text().replaceAll("(?s).*\"cursor\":\"([^\"]*)\".*", "$1");
    }
}
