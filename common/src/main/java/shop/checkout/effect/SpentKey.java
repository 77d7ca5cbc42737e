package shop.checkout.effect;

import shop.checkout.intent.OutcomeUnknown;

/** The call with this idempotency key has ended in an error, which is all that will ever be heard of it. */
public final class SpentKey extends OutcomeUnknown {

    private static final long serialVersionUID = 1L;

    public SpentKey(String message, Throwable cause) {
        super(message, cause);
    }
}
