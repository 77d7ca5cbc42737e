package shop.checkout.sandbox.http;

import java.io.Serial;

/** Thrown by an endpoint that cannot read a request: nothing was done, the answer says what is wrong with it. */
public final class Rejected extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    public Rejected(Answer answer) {
        super("rejected with status " + answer.status(), null, false, false);
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
