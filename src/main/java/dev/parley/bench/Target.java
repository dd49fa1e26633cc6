package dev.parley.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * The server under test. Immutable.
 *
 * @param address where it listens
 * @param host what the {@code Host} header says
 * @param context the path before those of the protocol, with a slash at its end
 */
record Target(InetSocketAddress address, String host, String context) {

    private static final int DEFAULT_PORT = 80;

    static Target parse(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("no host");
            }
            InetAddress address = InetAddress.getByName(uri.getHost());
            int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            return new Target(
                    new InetSocketAddress(address, port),
                    uri.getRawAuthority(),
                    path.endsWith("/") ? path : path + "/");
        } catch (UnknownHostException e) {
            throw new UsageException("--url: '" + url + "' has no address");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--url: '" + url + "', may be " + Settings.URL.allowed());
        }
    }

    String path(String relative) {
        return context + relative;
    }

    @Override
    public String toString() {
        return "ws://" + host + context;
    }
}
