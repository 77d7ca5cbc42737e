package shop.checkout.sandbox.fact;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Makes ids that are never made twice and sort by the time they were made: 11 characters of time, 13 of chance. */
public final class Ids {

    private static final int RADIX = 36;
    private static final int TIME = 11;
    private static final int CHANCE = 13;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    public Ids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The time, to be stored as the moment something was made. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new id, such as {@code pi_00mb5qk3x1c8zq1yt7k2m4s9} for the prefix {@code pi_}. */
    public String next(String prefix) {
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        var time = last.updateAndGet(previous -> Math.max(previous + 1, micros));
        return prefix + padded(time, TIME) + padded(random.nextLong(Long.MAX_VALUE), CHANCE);
    }

    private static String padded(long number, int width) {
        var digits = Long.toString(number, RADIX).toLowerCase(Locale.ROOT);
        return "0".repeat(width - digits.length()) + digits;
    }
}
