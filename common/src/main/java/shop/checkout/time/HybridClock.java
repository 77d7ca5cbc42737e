package shop.checkout.time;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out hybrid timestamps for this process, each greater than all that it has handed out or been shown before.
 *
 * <p>Order comes first: a timestamp that runs ahead of this machine's clock is taken over, because ignoring it would give its
 * effects smaller timestamps than their cause. Nothing but order and what people read depends on it; deadlines are kept by the
 * database's clock. That one machine's clock is wrong is noticed all the same: {@link #leaps()} counts each leap of more than
 * {@link #NOTICED}, with a log line, and {@link #ahead()} tells how far this process is ahead of its own machine.
 *
 * <p>A leap of more than {@link #FARTHEST} is refused, so that a broken clock or a forged header cannot drag the shop into another
 * year: what shows it must not be acted on. A message is then parked by its key, so that what follows it keeps its place, until its
 * time has come near. (Kulkarni et al. 2014, §3.3 and §5, bound the drift in the same way, but leave open what becomes of such a
 * message.)
 *
 * <p>Thread-safe and lock-free.
 */
public final class HybridClock {

    /** How far ahead of all that is known here a timestamp is an everyday matter. */
    public static final Duration NOTICED = Duration.ofMinutes(1);

    /** How far ahead of all that is known here a timestamp may be at most. */
    public static final Duration FARTHEST = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(HybridClock.class);

    private final Clock wall;
    private final AtomicLong last = new AtomicLong(Hlc.ZERO.packed());
    private final LongAdder leaps = new LongAdder();

    public HybridClock(Clock wall) {
        this.wall = wall;
    }

    /**
     * Goes on where an earlier run of this service has stopped, even if the machine's clock was set back meanwhile.
     *
     * @param before all later timestamps are greater than this, however far ahead it is
     */
    public void goOnAfter(Hlc before) {
        last.accumulateAndGet(before.packed(), Math::max);
    }

    /** The time of something that happens here and now. */
    public Hlc now() {
        long physical = Hlc.of(wall.millis(), 0).packed();
        return new Hlc(last.updateAndGet(seen -> Math.max(seen + 1, physical)));
    }

    /**
     * Takes note of a timestamp seen on a message or a stored row; all later ones are greater.
     *
     * @throws TooFarAhead when it is so far ahead of this machine's clock and of all timestamps seen before that what shows it must not
     *     be acted on; it is not taken note of
     */
    public void observe(Hlc seen) {
        long known = last.get();
        if (seen.packed() <= known) {
            return;
        }
        long leap = seen.epochMillis() - Math.max(wall.millis(), new Hlc(known).epochMillis());
        if (leap > FARTHEST.toMillis()) {
            throw new TooFarAhead(seen, Duration.ofMillis(leap));
        }
        last.accumulateAndGet(seen.packed(), Math::max);
        if (leap > NOTICED.toMillis()) {
            leaps.increment();
            log.warn(
                    "A timestamp is {} ahead of this machine's clock: either that or its writer's is wrong",
                    Duration.ofMillis(seen.epochMillis() - wall.millis()));
        }
    }

    /** How far the newest timestamp is ahead of this machine's clock; zero where clocks are right. */
    public Duration ahead() {
        long lead = new Hlc(last.get()).epochMillis() - wall.millis();
        return Duration.ofMillis(Math.max(0, lead));
    }

    /** How often a timestamp was more than {@link #NOTICED} ahead of all that was known here. */
    public long leaps() {
        return leaps.sum();
    }
}
