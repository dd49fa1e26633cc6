package dev.parley.standalone;

import dev.parley.http.Line;
import dev.parley.lab.Lab;
import dev.parley.lab.Way;
import java.util.Optional;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.utils.Charsets;

/**
 * Stands behind the HTTP codec and lets whole requests pass, body and all, up to {@link #WHOLE_BYTES}; what is larger passes
 * as it comes. So no thread waits for a body that comes slowly, and servlets that read without waiting find all of it:
 * Grizzly sometimes forgets to go on reading a connection when a body came after such a servlet had asked for it. Counts the
 * requests under way, and for the lab what they cost. Stateless.
 */
final class Requests extends BaseFilter {

    /** More than any request to the API may have. */
    static final int WHOLE_BYTES = 512 * 1024;

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final Attribute<HttpLine> lines;
    private final Optional<Lab> lab;

    /** Finds a connection's line in {@code lines}; what takes part in {@code lab} is counted there. */
    Requests(Attribute<HttpLine> lines, Optional<Lab> lab) {
        this.lines = lines;
        this.lab = lab;
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        HttpLine line = lines.get(ctx.getConnection());
        if (line == null
                || !(ctx.getMessage() instanceof HttpContent content)
                || !(content.getHttpHeader() instanceof HttpRequestPacket request)) {
            return ctx.getInvokeAction();
        }
        if (waitsForMore(content, request)) {
            if (request.requiresAcknowledgement()) {
                goOn(ctx, request);
            }
            return ctx.getStopAction(content);
        }
        count(ctx, line.counted(), request);
        request.setAttribute(Line.ATTRIBUTE, line);
        line.requests(1);
        ctx.addCompletionListener(done -> line.requests(-1));
        return ctx.getInvokeAction();
    }

    /** Once for each request, when its body is there, too, or is too large to wait for. */
    private void count(FilterChainContext ctx, CountedLine counted, HttpRequestPacket request) {
        String query = request.getQueryString();
        if (query == null || lab.isEmpty() || request.getAttribute(Line.ATTRIBUTE) != null) {
            counted.asked();
            return;
        }
        Optional<Way> way = lab.get().way(query, Optional.ofNullable(request.getHeader(Header.Cookie)));
        if (way.isEmpty()) {
            counted.asked();
            return;
        }
        request.setAttribute(Way.ATTRIBUTE, way.get());
        Runnable end = counted.asked(way.get());
        ctx.addCompletionListener(done -> end.run());
    }

    private static boolean waitsForMore(HttpContent content, HttpRequestPacket request) {
        return !content.isLast()
                && !HandshakeRules.apply(request)
                && request.getContentLength() <= WHOLE_BYTES
                && content.getContent().remaining() < WHOLE_BYTES;
    }

    /** The client sends its body when it is told to (RFC 9110, 10.1.1). */
    private static void goOn(FilterChainContext ctx, HttpRequestPacket request) {
        request.getResponse().acknowledged();
        request.getHeaders().removeHeader(Header.Expect);
        Buffer line = Buffers.wrap(ctx.getMemoryManager(), CONTINUE, Charsets.ASCII_CHARSET);
        ctx.write(line);
    }
}
