package shop.checkout.sandbox.fact;

/**
 * An idempotency key and what it was first used for.
 *
 * @param fingerprint a hash of the request's path and parameters: the same key with another one is refused
 */
public record Claim(String key, long fingerprint) {}
