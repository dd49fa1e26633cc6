package dev.parley.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Serves the page and its files out of the WAR, mapped to {@code /} in place of the container's default servlet, so that
 * they come with the same headers everywhere. What was read once stays in memory until the application is deployed
 * again; a browser asks each time whether it has changed, which costs an answer without a body. Thread-safe.
 */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ALLOWED = "GET, HEAD, OPTIONS";
    private static final int MAX_KEPT_FILES = 500;

    private final transient ConcurrentMap<String, PageFile> kept = new ConcurrentHashMap<>();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SecurityHeaders.set(request, response);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> get(request, response);
            case "OPTIONS" -> {
                response.setHeader("Allow", ALLOWED);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> {
                response.setHeader("Allow", ALLOWED);
                fail(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method not allowed");
            }
        }
    }

    private void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String target = request.getRequestURI();
        String inside = PagePath.inside(getServletContext().getContextPath(), target);
        if (inside.isEmpty()) {
            String query = request.getQueryString();
            response.setStatus(308);
            response.setHeader("Location", PagePath.withSlash(target) + (query == null ? "" : "?" + query));
            return;
        }
        Optional<PageFile> file = PagePath.parse(inside).flatMap(this::find);
        if (file.isPresent()) {
            send(request, response, file.get());
        } else {
            fail(request, response, HttpServletResponse.SC_NOT_FOUND, "There is nothing here");
        }
    }

    private Optional<PageFile> find(PagePath path) {
        PageFile known = kept.get(path.value());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PageFile> file = read(path);
        file.filter(f -> kept.size() < MAX_KEPT_FILES).ifPresent(f -> kept.put(path.value(), f));
        return file;
    }

    private Optional<PageFile> read(PagePath path) {
        try {
            URL url = getServletContext().getResource(path.value());
            if (url == null) {
                return Optional.empty();
            }
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return Optional.of(new PageFile(path.type(), in.readAllBytes()));
            }
        } catch (IOException unreadable) {
            getServletContext().log("The file " + path.value() + " cannot be read", unreadable);
            return Optional.empty();
        }
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, PageFile file)
            throws IOException {
        boolean gzip = file.isCompressed() && AcceptEncoding.allowsGzip(headers(request, "Accept-Encoding"));
        String etag = file.etag(gzip);
        response.setHeader("ETag", etag);
        response.setHeader("Cache-Control", "no-cache");
        if (file.isCompressed()) {
            response.setHeader("Vary", "Accept-Encoding");
        }
        if (EntityTag.matches(headers(request, "If-None-Match"), etag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        write(request, response, file.type(), file.bytes(gzip));
    }

    private static void fail(HttpServletRequest request, HttpServletResponse response, int status, String title)
            throws IOException {
        String page = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>" + title
                + "</title>\n<h1>" + title + "</h1>\n";
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        write(request, response, "text/html;charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String type, byte[] body)
            throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    private static List<String> headers(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }
}
