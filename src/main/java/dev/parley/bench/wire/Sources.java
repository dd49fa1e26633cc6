package dev.parley.bench.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The addresses that connections come from. Over the loopback interface they are spread over 127.0.1.1, 127.0.1.2, …, so
 * that neither ports run out nor a limit for each address is met that real clients would not meet. Confined to one thread.
 */
public final class Sources {

    private static final int LOWEST = 1;
    private static final int HIGHEST = 250;

    private final int perAddress;
    private int opened;

    /** So many connections from each address; 0 for all from the one that the system chooses. */
    public Sources(int perAddress) {
        this.perAddress = perAddress;
    }

    /** Spreads connections to {@code server} if that is on the loopback interface, by IPv4, on Linux. */
    public static Sources to(InetAddress server, int perAddress) {
        boolean spread = server.isLoopbackAddress()
                && server.getAddress().length == 4
                && System.getProperty("os.name").equals("Linux");
        return new Sources(spread ? perAddress : 0);
    }

    void bind(SocketChannel channel) throws IOException {
        if (perAddress > 0) {
            int source = opened++ / perAddress;
            int hosts = HIGHEST - LOWEST + 1;
            byte third = (byte) (1 + source / hosts % HIGHEST);
            byte[] address = {127, 0, third, (byte) (LOWEST + source % hosts)};
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
        }
    }
}
