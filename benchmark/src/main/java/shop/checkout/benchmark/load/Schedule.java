package shop.checkout.benchmark.load;

import java.util.concurrent.TimeUnit;

/**
 * When each request of an open loop is due.
 *
 * @param start of the first, on the clock of {@link System#nanoTime}
 * @param perSecond how many in a second
 */
record Schedule(long start, int perSecond) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    Schedule {
        if (perSecond < 1) {
            throw new IllegalArgumentException("at least one request a second, not " + perSecond);
        }
    }

    /** When the n-th, from 0, is due. Computed from the start, so that no error adds up. */
    long due(long n) {
        return start + n / perSecond * SECOND + n % perSecond * SECOND / perSecond;
    }

    boolean isDue(long n, long now) {
        return due(n) - now <= 0;
    }
}
