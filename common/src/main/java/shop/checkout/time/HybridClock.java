package shop.checkout.time;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands out hybrid timestamps for this process, each greater than all that it has handed out or been shown before.
 *
 * <p>Thread-safe and lock-free. A timestamp from far in the future is refused, so that one machine with a broken clock
 * cannot drag all the others along.
 */
public final class HybridClock {

    /** How far ahead of this machine's clock another's may be. */
    private static final long MAX_DRIFT_MILLIS = 60_000;

    private final Clock wall;
    private final AtomicLong last = new AtomicLong();

    public HybridClock(Clock wall) {
        this.wall = wall;
    }

    /** The time of something that happens here and now. */
    public Hlc now() {
        long physical = Hlc.of(wall.millis(), 0).packed();
        return new Hlc(last.updateAndGet(seen -> Math.max(seen + 1, physical)));
    }

    /**
     * Takes note of a timestamp seen on a message or a stored row; all later ones are greater.
     *
     * @return false when it lies too far in the future and was ignored
     */
    public boolean observe(Hlc seen) {
        if (seen.epochMillis() > wall.millis() + MAX_DRIFT_MILLIS) {
            return false;
        }
        last.accumulateAndGet(seen.packed(), Math::max);
        return true;
    }
}
