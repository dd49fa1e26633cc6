package dev.parley.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * Filters nothing, and says goodbye when it goes. Filters and servlets go before any listener is told that the application
 * does ({@code ServletContextListener.contextDestroyed}); by then some containers, Tomcat among them, have closed the
 * WebSocket sessions.
 */
final class Goodbye implements Filter {

    private final Runnable goodbye;

    Goodbye(Runnable goodbye) {
        this.goodbye = goodbye;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }

    @Override
    public void destroy() {
        goodbye.run();
    }
}
