package dev.parley.log;

/** The author used the same key in the same room for another text. Nothing was appended. */
public final class KeyReusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The key, and the entry that has it. */
    public KeyReusedException(String key, long seq) {
        super("key '" + key + "' already stands for another text, seq " + seq, null, false, false);
    }
}
