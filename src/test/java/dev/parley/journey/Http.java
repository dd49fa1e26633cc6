package dev.parley.journey;

import dev.parley.testing.ChatClient;
import dev.parley.testing.RawWebSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Somebody who talks HTTP, with a cookie. Thread-safe. */
final class Http {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();
    private final URI base;

    Http(URI base) {
        this.base = base;
    }

    /** A connection for the same person. */
    RawWebSocket webSocket(String path, String... headers) throws IOException {
        String cookie = cookies.getCookieStore().getCookies().stream()
                .map(one -> one.getName() + "=" + one.getValue())
                .collect(Collectors.joining("; "));
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Cookie: " + cookie);
        URI uri = base.resolve(path);
        String target = uri.getRawPath()
                + Optional.ofNullable(uri.getRawQuery())
                        .map(query -> "?" + query)
                        .orElse("");
        RawWebSocket socket = new RawWebSocket(uri.getHost(), uri.getPort());
        try {
            RawWebSocket.Response answer = socket.handshake(target, lines.toArray(String[]::new));
            if (answer.status() != 101) {
                throw new AssertionError(path + " was answered with " + answer);
            }
            return socket;
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(ChatClient.DEADLINE);
    }

    /** An answer; whatever its status is. */
    <T> HttpResponse<T> ask(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (HttpTimeoutException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** An answer that may take its time. */
    CompletableFuture<HttpResponse<String>> begin(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits for it. */
    static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HttpTimeoutException late) {
                throw new AssertionError("no answer", late);
            }
            throw new IOException(e.getCause());
        }
    }

    /** The text of a good answer. */
    HttpResponse<String> ask(HttpRequest request) throws IOException {
        return requireGood(ask(request, HttpResponse.BodyHandlers.ofString()));
    }

    static <T> HttpResponse<T> requireGood(HttpResponse<T> answer) {
        int status = answer.statusCode();
        if (status != 200 && status != 201 && status != 304) {
            throw new AssertionError(answer + ": " + answer.body());
        }
        return answer;
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + encode(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
