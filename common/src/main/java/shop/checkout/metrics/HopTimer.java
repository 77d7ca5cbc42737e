package shop.checkout.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Timers of the hops of a message: all with the same buckets, so that one can be taken from another. */
public final class HopTimer {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(5)
    };

    private HopTimer() {}

    public static Timer.Builder named(String name) {
        return Timer.builder(name).serviceLevelObjectives(BUCKETS);
    }
}
