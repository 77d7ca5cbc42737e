package shop.checkout.intent;

import org.jspecify.annotations.Nullable;

/** The other side could not be reached, was too slow, or failed: what a circuit breaker counts. */
public final class CounterpartInTrouble extends OutcomeUnknown {

    private static final long serialVersionUID = 1L;

    public CounterpartInTrouble(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
