package shop.checkout.relay;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How long a busy relay waits for a batch to grow: a moment while there is processor time to spare, longer the less there is.
 *
 * <p>A batch costs nearly as much with one row as with fifty: a request, a write to each partition, and at each consumer a poll and a
 * transaction. With time to spare, waiting only makes rows late. Without, they wait for a processor anyway, and the work that is saved
 * makes them earlier. Used by one thread.
 */
final class Coalescing {

    /** Of all that the processors can do: below, there is enough to spare. */
    static final double SPARE = 0.75;
    /** From here on there is none. */
    static final double NONE_LEFT = 0.85;

    /**
     * Rows that follow this soon upon a batch make a relay busy while there is time to spare. Well below the moment in which more come
     * together: who waits four milliseconds for one more row makes it late and saves nothing.
     */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final double NEWEST_COUNTS = 0.25;

    private final long least;
    private final long most;
    private final DoubleSupplier load;
    private final LongSupplier nanoTime;
    private double smoothed;
    private long lookedAt;

    /** Leaves the choice to the load of this machine, or of the container that this process is confined to. */
    Coalescing(long leastNanos, long mostNanos) {
        this(leastNanos, mostNanos, machine()::getCpuLoad, System::nanoTime);
    }

    Coalescing(long leastNanos, long mostNanos, DoubleSupplier load, LongSupplier nanoTime) {
        this.least = leastNanos;
        this.most = Math.max(leastNanos, mostNanos);
        this.load = load;
        this.nanoTime = nanoTime;
        this.lookedAt = nanoTime.getAsLong() - LOOK_NANOS;
    }

    private static OperatingSystemMXBean machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    /** How long to wait for more now. */
    long waitNanos() {
        look();
        double taken = Math.clamp((smoothed - SPARE) / (NONE_LEFT - SPARE), 0, 1);
        return least + Math.round(taken * (most - least));
    }

    /** Whether rows that came after so long a wait came soon enough to call the relay busy. */
    boolean isBusyAfter(long waitedNanos) {
        return waitedNanos < BUSY_NANOS + waitNanos() - least;
    }

    private void look() {
        long now = nanoTime.getAsLong();
        if (now - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = now;
        double newest = load.getAsDouble();
        if (newest >= 0) { // the JVM cannot always tell
            smoothed += NEWEST_COUNTS * (newest - smoothed);
        }
    }
}
