package shop.checkout.lease;

import java.time.Duration;

/**
 * How quickly a lease changes hands.
 *
 * @param duration after a crash, nobody acts for at most this long
 * @param renewal how often the holder renews; several must fit into the duration
 * @param retry the longest that a waiting replica looks away from a lease that was released
 */
public record LeaseTimes(Duration duration, Duration renewal, Duration retry) {

    /** After a crash three seconds are left, of six, for the successor to begin; a renewal may fail twice. */
    public static final LeaseTimes DEFAULT =
            new LeaseTimes(Duration.ofSeconds(3), Duration.ofMillis(800), Duration.ofMillis(100));

    public LeaseTimes {
        if (renewal.isZero() || renewal.isNegative() || renewal.multipliedBy(2).compareTo(duration) > 0) {
            throw new IllegalArgumentException(
                    "a lease must be renewed at least twice in its duration: every " + renewal + " of " + duration);
        }
        if (retry.isZero() || retry.isNegative()) {
            throw new IllegalArgumentException("the retry of a lease must be longer than nothing: " + retry);
        }
    }
}
