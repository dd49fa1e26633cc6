package dev.parley.lab;

/**
 * What a way has cost since its run began.
 *
 * @param requests that came, handshakes among them
 * @param underWay requests that are not answered to the end, and open WebSockets
 * @param opened connections that carried a request of the way, each counted once
 * @param connections those of them that are open now
 * @param bytesIn from the client, with all that wraps them
 * @param bytesOut to the client, with all that wraps them
 */
public record Figures(long requests, int underWay, long opened, long connections, long bytesIn, long bytesOut) {}
