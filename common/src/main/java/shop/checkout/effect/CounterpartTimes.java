package shop.checkout.effect;

import java.time.Duration;

/**
 * How far a counterpart's memory can be trusted.
 *
 * @param keyLifetime how long it surely remembers an idempotency key
 * @param lookupDelay after how long a look-up surely finds what has happened
 */
public record CounterpartTimes(Duration keyLifetime, Duration lookupDelay) {}
