package dev.parley.websocket;

import jakarta.websocket.Decoder;

/** Makes a {@link ClientFrame} of what a client sent. Never throws; stateless. */
public final class ClientFrameDecoder implements Decoder.Text<ClientFrame> {

    @Override
    public ClientFrame decode(String text) {
        return ClientFrame.of(text);
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
