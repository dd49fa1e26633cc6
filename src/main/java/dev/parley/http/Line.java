package dev.parley.http;

import jakarta.servlet.ServletRequest;

/**
 * The TCP connection below a request, as far as the server lets us at it. The Servlet API tells nobody that a client hung up
 * before something is written to it, and has no way to cut one that does not read. The standalone server leaves its own in
 * the request's attribute {@value #ATTRIBUTE}; elsewhere the container does what it does. Thread-safe.
 */
public interface Line {

    /** The name of the request's attribute. */
    String ATTRIBUTE = "dev.parley.http.Line";

    /**
     * The request has been read and the answer will take its time: {@code gone} is called when the client hangs up meanwhile,
     * and what waits to be written is bounded, so that the response tells when it is not ready.
     */
    void hold(Runnable gone);

    /** The end of {@link #hold}: what is written last comes next. */
    void release();

    /** Cuts the connection, whatever is under way; without a line, the container ends the response as it can. */
    void cut();

    /** The line of a request. */
    static Line of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Line line ? line : ContainerLine.INSTANCE;
    }
}
