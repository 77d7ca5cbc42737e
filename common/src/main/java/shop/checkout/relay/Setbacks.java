package shop.checkout.relay;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import shop.checkout.resilience.Backoff;

/** How often in a row one replica's terms have failed, and how long it therefore leaves the next one to others. Thread-safe. */
final class Setbacks {

    private static final Backoff BACKOFF = Backoff.fullJitter(Duration.ofMillis(250), Duration.ofSeconds(10));

    private int inARow;

    /** @param progressed the term that failed had published something */
    synchronized Duration next(boolean progressed) {
        inARow = progressed ? 1 : inARow + 1;
        return BACKOFF.delay(inARow, ThreadLocalRandom.current());
    }
}
