package dev.parley.standalone;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.nio.NIOConnection;

/** What Grizzly does not do to a TCP connection. */
final class Sockets {

    private static final System.Logger LOGGER = System.getLogger(Sockets.class.getName());

    private Sockets() {}

    /** Sends FIN and goes on reading, so that bytes still coming in do not reset what went out. */
    static void endOutput(NIOConnection connection) {
        try {
            ((SocketChannel) connection.getChannel()).shutdownOutput();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "FIN", e);
            connection.terminateSilently();
        }
    }

    /** Drops the connection and all that waits in the system's buffers with it. */
    static void reset(NIOConnection connection) {
        try {
            ((SocketChannel) connection.getChannel()).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "RST", e);
        }
        connection.terminateSilently();
    }
}
