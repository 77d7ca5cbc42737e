package shop.checkout.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before another try: a random time between nothing and an exponentially growing, capped bound ("full
 * jitter", Brooker, AWS Architecture Blog 2015), so that many who failed together do not come back together.
 */
public record Backoff(Duration base, Duration cap) {

    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("backoff needs 0 < base <= cap: base " + base + ", cap " + cap);
        }
    }

    public static Backoff fullJitter(Duration base, Duration cap) {
        return new Backoff(base, cap);
    }

    /** @param attempt how often it was tried, from 1 */
    public Duration delay(int attempt, RandomGenerator random) {
        long bound = bound(attempt).toNanos();
        return Duration.ofNanos(random.nextLong(bound + 1));
    }

    /** The longest that {@link #delay} can be after so many tries. */
    public Duration bound(int attempt) {
        int doublings = Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS);
        var grown = base.multipliedBy(1L << doublings);
        return grown.compareTo(cap) < 0 ? grown : cap;
    }
}
