package shop.checkout.sandbox.fact;

/** Whose idempotency keys: the two providers know nothing of each other. */
public enum Provider {
    PSP,
    CARRIER
}
