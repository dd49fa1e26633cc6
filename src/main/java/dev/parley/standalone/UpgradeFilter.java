package dev.parley.standalone;

import dev.parley.access.ForwardedFor;
import dev.parley.access.HandshakeScope;
import dev.parley.lab.Way;
import dev.parley.request.Target;
import dev.parley.websocket.DirectChat;
import dev.parley.websocket.DirectEcho;
import dev.parley.websocket.DirectHandshake;
import java.io.CharConversionException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Parameters;
import org.glassfish.grizzly.http.util.RequestURIRef;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.utils.Charsets;
import org.glassfish.tyrus.core.RequestContext;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Stands behind the HTTP codec: answers handshakes, and moves a connection that was upgraded to a filter chain of its
 * own, without HTTP. Everything else goes on to the servlets. Thread-safe.
 */
final class UpgradeFilter extends BaseFilter {

    private static final System.Logger LOGGER = System.getLogger(UpgradeFilter.class.getName());

    private final WebSocketEngine engine;
    private final ForwardedFor forwardedFor;
    private final Watch watch;
    private final Duration stallTimeout;
    private final FilterChain frames = FilterChainBuilder.stateless()
            .add(new TransportFilter())
            .add(new FrameFilter())
            .build();

    UpgradeFilter(WebSocketEngine engine, ForwardedFor forwardedFor, Watch watch, Duration stallTimeout) {
        this.engine = engine;
        this.forwardedFor = forwardedFor;
        this.watch = watch;
        this.stallTimeout = stallTimeout;
    }

    /**
     * Called when a request's head is whole. From a request that has {@code Upgrade}, whatever for, Grizzly takes no body,
     * and closes after the answer without saying so. HTTP/2, which many clients offer, is not granted here: that is
     * forgotten.
     */
    @Override
    public NextAction handleEvent(FilterChainContext ctx, FilterChainEvent event) {
        if (event instanceof HttpEvents.IncomingHttpUpgradeEvent upgrade
                && upgrade.getHttpHeader() instanceof HttpRequestPacket request
                && !HandshakeRules.apply(request)) {
            request.setIgnoreContentModifiers(false);
            request.getUpgradeDC().recycle();
        }
        return ctx.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        HttpContent content = ctx.getMessage();
        HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
        if (!isDecodable(request)) {
            return refuse(ctx, request.getResponse(), new HandshakeRules.Refusal(400, "The path cannot be decoded."));
        }
        if (!HandshakeRules.apply(request)) {
            return ctx.getInvokeAction();
        }
        Optional<HandshakeRules.Refusal> refusal = HandshakeRules.check(request);
        if (refusal.isPresent()) {
            return refuse(ctx, request.getResponse(), refusal.get());
        }
        if (request.getAttribute(Way.ATTRIBUTE) instanceof Way way && way.refusesUpgrades()) {
            return refuse(ctx, request.getResponse(), new HandshakeRules.Refusal(way.refusalStatus(), "For the lab."));
        }
        Optional<RequestContext> asked = tyrusRequest(request);
        if (asked.isEmpty()) {
            return refuse(ctx, request.getResponse(), new HandshakeRules.Refusal(400, "The path is no URI."));
        }
        UpgradeResponse answer = new TyrusUpgradeResponse();
        DirectHandshake direct = new DirectHandshake();
        WebSocketEngine.UpgradeInfo upgrade;
        try {
            upgrade = direct.during(() -> upgrade(asked.get(), answer, scope(request)));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "A handshake failed", e);
            return refuse(ctx, request.getResponse(), new HandshakeRules.Refusal(500, "The handshake failed."));
        }
        if (upgrade.getStatus() == WebSocketEngine.UpgradeStatus.NOT_APPLICABLE) {
            return refuse(ctx, request.getResponse(), new HandshakeRules.Refusal(404, "No WebSocket is here."));
        }
        if (upgrade.getStatus() != WebSocketEngine.UpgradeStatus.SUCCESS || answer.getStatus() != 101) {
            int status = answer.getStatus() < 300 ? 500 : answer.getStatus();
            return refuse(ctx, request.getResponse(), refusal(status, answer));
        }
        accept(ctx, request.getResponse(), answer);
        NIOConnection connection = (NIOConnection) ctx.getConnection();
        Peer peer = new Peer(connection, stallTimeout);
        attach(peer, connection);
        peer.open(direct.chat()
                .map(chat -> open(peer, chat, asked.get(), answer))
                .or(() -> direct.echo().map(echo -> open(peer, echo)))
                .orElseGet(() -> new TyrusEnd(upgrade.createConnection(peer, reason -> connection.closeSilently()))));
        if (content.getContent().hasRemaining()) {
            FrameFilter.feed(peer, content.getContent());
        }
        return ctx.getStopAction();
    }

    /** Grizzly answers a path that it cannot decode with 500. */
    private static boolean isDecodable(HttpRequestPacket request) {
        RequestURIRef path = request.getRequestURIRef();
        path.setDefaultURIEncoding(Charsets.UTF8_CHARSET);
        try {
            path.getDecodedRequestURIBC(false);
            return true;
        } catch (CharConversionException | RuntimeException e) {
            return false;
        }
    }

    /** The one call that runs Configurators; what they need to know of the connection has to be at hand around it. */
    private WebSocketEngine.UpgradeInfo upgrade(
            UpgradeRequest request, UpgradeResponse response, HandshakeScope scope) {
        scope.open();
        try {
            return engine.upgrade(request, response);
        } finally {
            HandshakeScope.close();
        }
    }

    private HandshakeScope scope(HttpRequestPacket request) {
        Optional<String> forwarded = Optional.ofNullable(request.getHeader("X-Forwarded-For"));
        return new HandshakeScope(
                forwardedFor.address(request.getRemoteAddress(), forwarded),
                Optional.ofNullable(request.getHeader("Host")),
                false);
    }

    /** From now on the connection is the peer's, and HTTP's no more. */
    private void attach(Peer peer, Connection<?> connection) {
        HttpDeadlines.upgraded(connection);
        connection.getAttributes().clear();
        FrameFilter.attach(connection, peer);
        connection.setProcessor(frames);
        watch.add(peer);
        connection.addCloseListener((closed, type) -> {
            peer.lost();
            watch.remove(peer);
        });
    }

    private static Peer.End open(Peer peer, DirectChat chat, UpgradeRequest request, UpgradeResponse answer) {
        ChatEnd end = new ChatEnd(peer, chat);
        String path = Optional.ofNullable(request.getRequestURI().getRawPath()).orElse("");
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        String subprotocol = Optional.ofNullable(answer.getFirstHeaderValue(UpgradeRequest.SEC_WEBSOCKET_PROTOCOL))
                .orElse("");
        chat.open(end, new Target(path, query), subprotocol);
        return end;
    }

    private static Peer.End open(Peer peer, DirectEcho echo) {
        EchoEnd end = new EchoEnd(peer, echo);
        echo.open((code, reason) -> end.close(code.code(), reason));
        return end;
    }

    private static void accept(FilterChainContext ctx, HttpResponsePacket response, UpgradeResponse answer) {
        response.setProtocol(Protocol.HTTP_1_1);
        response.setStatus(101);
        response.setReasonPhrase("Switching Protocols");
        answer.getHeaders().forEach((name, values) -> response.setHeader(name, Utils.getHeaderFromList(values)));
        ctx.write(HttpContent.builder(response).build());
    }

    private static HandshakeRules.Refusal refusal(int status, UpgradeResponse answer) {
        Map<String, String> headers = new HashMap<>();
        answer.getHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("upgrade") && !lower.equals("connection") && !lower.startsWith("sec-websocket-")) {
                headers.put(name, Utils.getHeaderFromList(values));
            }
        });
        return new HandshakeRules.Refusal(status, "The handshake was refused.", headers);
    }

    private static NextAction refuse(
            FilterChainContext ctx, HttpResponsePacket response, HandshakeRules.Refusal refusal) {
        Buffer body = Buffers.wrap(ctx.getMemoryManager(), refusal.text() + "\n", Charsets.UTF8_CHARSET);
        response.setProtocol(Protocol.HTTP_1_1);
        response.setStatus(refusal.status());
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(body.remaining());
        refusal.headers().forEach(response::setHeader);
        response.setHeader("Connection", "close");
        ctx.write(HttpContent.builder(response).content(body).last(true).build());
        ctx.getConnection().closeSilently();
        return ctx.getStopAction();
    }

    private static Optional<RequestContext> tyrusRequest(HttpRequestPacket request) {
        URI path;
        try {
            path = URI.create(request.getRequestURI());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        RequestContext context = RequestContext.Builder.create()
                .requestURI(path)
                .queryString(request.getQueryString())
                .parameterMap(parameters(request))
                .secure(request.isSecure())
                .remoteAddr(request.getRemoteAddress())
                .build();
        for (String name : request.getHeaders().names()) {
            for (String value : request.getHeaders().values(name)) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.equals("sec-websocket-protocol")) {
                    header(context, name)
                            .addAll(Arrays.stream(value.split(","))
                                    .map(String::strip)
                                    .toList());
                } else if (!lower.equals("sec-websocket-extensions") && !lower.contains("tyrus-")) {
                    header(context, name).add(value.strip());
                }
            }
        }
        return Optional.of(context);
    }

    private static List<String> header(RequestContext context, String name) {
        return context.getHeaders().computeIfAbsent(name, absent -> new ArrayList<>());
    }

    private static Map<String, String[]> parameters(HttpRequestPacket request) {
        Parameters parameters = new Parameters();
        parameters.setQuery(request.getQueryStringDC());
        parameters.setQueryStringEncoding(Charsets.UTF8_CHARSET);
        Map<String, String[]> map = new HashMap<>();
        for (String name : parameters.getParameterNames()) {
            map.put(name, parameters.getParameterValues(name));
        }
        return map;
    }
}
