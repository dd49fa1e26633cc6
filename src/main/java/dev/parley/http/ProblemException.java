package dev.parley.http;

import dev.parley.protocol.ServerMessage;

/** The client's fault, as HTTP says it. Carries no stack trace. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ServerMessage.Problem problem;

    ProblemException(ServerMessage.Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** A problem that only HTTP has. */
    static ProblemException of(int status, String code, String detail) {
        return new ProblemException(Problems.of(status, code, detail));
    }

    ServerMessage.Problem problem() {
        return problem;
    }
}
