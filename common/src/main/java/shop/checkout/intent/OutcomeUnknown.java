package shop.checkout.intent;

import org.jspecify.annotations.Nullable;

/** Whether a call to the outside world had an effect cannot be told. It is never a refusal: the call is repeated. */
public class OutcomeUnknown extends Exception {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message) {
        this(message, null);
    }

    public OutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
