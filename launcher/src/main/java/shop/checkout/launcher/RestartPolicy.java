package shop.checkout.launcher;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a program that dies is started again.
 *
 * @param limit restarts in a row before giving up
 * @param first pause before the first one; doubled each time
 * @param forgiveness a program that ran this long starts with a clean sheet
 */
record RestartPolicy(int limit, Duration first, Duration forgiveness) {
    static final RestartPolicy DEFAULT = new RestartPolicy(5, Duration.ofMillis(500), Duration.ofMinutes(1));

    /** How long to wait before the next start after so many deaths in a row; empty when it is enough. */
    Optional<Duration> pauseAfter(int deaths) {
        return deaths > limit ? Optional.empty() : Optional.of(first.multipliedBy(1L << (deaths - 1)));
    }
}
