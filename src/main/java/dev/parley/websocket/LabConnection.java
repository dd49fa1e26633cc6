package dev.parley.websocket;

import dev.parley.delivery.Connection;
import dev.parley.lab.Gate;
import dev.parley.lab.Way;
import dev.parley.lab.Wire;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Frame;

/**
 * A connection that takes part in a run of the lab's: what is written passes its gate, and where the server does not count on
 * the wire, its frames are reckoned. Thread-safe.
 */
final class LabConnection implements Connection, Wire {

    private static final int CLOSE_FRAME_BYTES = 4;

    private final Connection connection;
    private final Way way;
    private final Gate gate;

    private LabConnection(Connection connection, Way way) {
        this.connection = connection;
        this.way = way;
        this.gate = way.gate(this::cut);
    }

    /** Stands before {@code connection} from now on. */
    static LabConnection begin(Connection connection, Way way) {
        LabConnection taking = new LabConnection(connection, way);
        if (way.isReckoned()) {
            way.begun(taking);
        }
        return taking;
    }

    @Override
    public void write(Frame frame, Written written) {
        int bytes = frame.bytes().length;
        gate.pass(
                bytes,
                false,
                done -> {
                    reckonOut(Reckoning.frame(bytes, false));
                    connection.write(frame, done::done);
                },
                written::done);
    }

    @Override
    public void ping(Written written) {
        gate.pass(
                0,
                false,
                done -> {
                    reckonOut(Reckoning.frame(0, false));
                    connection.ping(done::done);
                },
                written::done);
    }

    @Override
    public void close(CloseCode code, String reason) {
        gate.end(() -> {
            reckonOut(CLOSE_FRAME_BYTES);
            connection.close(code, reason);
        });
    }

    /** Whether what came from the client is to be taken. */
    boolean hears(int payloadBytes) {
        if (gate.isDead()) {
            return false;
        }
        if (way.isReckoned()) {
            way.in(Reckoning.frame(payloadBytes, true));
        }
        return true;
    }

    private void reckonOut(long bytes) {
        if (way.isReckoned()) {
            way.out(bytes);
        }
    }

    /** The session is closed. */
    void closed() {
        gate.closed();
        way.ended(this);
    }

    /** The API has nothing more abrupt than a close handshake. */
    @Override
    public void cut() {
        connection.close(CloseCode.SERVER_FAULT, "cut for the lab");
    }

    @Override
    public boolean cutsAbruptly() {
        return false;
    }
}
