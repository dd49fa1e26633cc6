package dev.parley.standalone;

import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.memory.ByteBufferArray;

/** Hands an upgraded connection's bytes to its {@link Peer}, and stops reading while that has much to write. Immutable. */
final class FrameFilter extends BaseFilter {

    private static final Attribute<Peer> PEER =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(FrameFilter.class.getName() + ".peer");

    /** Makes the bytes of {@code connection} go to {@code peer}. */
    static void attach(Connection<?> connection, Peer peer) {
        PEER.set(connection, peer);
    }

    /** Whether {@link #attach} was called for it. */
    static boolean isAttached(Connection<?> connection) {
        return PEER.isSet(connection);
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
        Peer peer = PEER.get(ctx.getConnection());
        Buffer bytes = ctx.getMessage();
        feed(peer, bytes);
        if (!peer.hasMuchToWrite()) {
            return ctx.getStopAction();
        }
        NextAction suspend = ctx.getSuspendAction();
        ctx.suspend();
        peer.pause(() -> ctx.resume(ctx.getStopAction()));
        return suspend;
    }

    /** Lets {@code peer} take all of {@code bytes}, and frees them. */
    static void feed(Peer peer, Buffer bytes) {
        if (bytes.isComposite()) {
            ByteBufferArray parts = bytes.toByteBufferArray();
            ByteBuffer[] array = parts.getArray();
            for (int i = 0; i < parts.size(); i++) {
                peer.read(array[i]);
            }
            parts.recycle();
        } else {
            peer.read(bytes.toByteBuffer());
        }
        bytes.tryDispose();
    }
}
