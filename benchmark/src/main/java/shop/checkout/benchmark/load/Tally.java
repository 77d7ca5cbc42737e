package shop.checkout.benchmark.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of the requests of one span of time. Written by the load's thread; read once the load has finished. */
public final class Tally {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int DIGITS = 3;

    private final Histogram microseconds = new Histogram(TimeUnit.MILLISECONDS.toMicros(LONGEST.toMillis()), DIGITS);
    private long ended;

    /** A request that was to be sent in this span has been answered, whenever that was. */
    void answered(long nanoseconds) {
        microseconds.recordValue(
                Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanoseconds), 0, microseconds.getHighestTrackableValue()));
    }

    /** A request was answered in this span, whenever it was sent. */
    void ended() {
        ended++;
    }

    /** How many requests were answered in this span. */
    public long count() {
        return ended;
    }

    /** From when requests of this span were due to when they were answered. */
    public Latency latency() {
        return Latency.of(microseconds);
    }
}
