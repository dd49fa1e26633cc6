package dev.parley.websocket;

import dev.parley.protocol.Frame;
import jakarta.websocket.Encoder;

/** Gives the container the text that was made once for everybody. Stateless. */
public final class FrameEncoder implements Encoder.Text<Frame> {

    @Override
    public String encode(Frame frame) {
        return frame.text();
    }
}
