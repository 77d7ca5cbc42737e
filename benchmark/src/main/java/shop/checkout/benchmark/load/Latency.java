package shop.checkout.benchmark.load;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.HdrHistogram.Histogram;

/** How long requests took: half of them at most {@code p50}, and so on. All zero when there were none. */
public record Latency(long requests, Duration p50, Duration p95, Duration p99, Duration max) {

    static Latency of(Histogram microseconds) {
        return new Latency(
                microseconds.getTotalCount(),
                percentile(microseconds, 50),
                percentile(microseconds, 95),
                percentile(microseconds, 99),
                percentile(microseconds, 100));
    }

    private static Duration percentile(Histogram microseconds, double percent) {
        return Duration.of(microseconds.getValueAtPercentile(percent), ChronoUnit.MICROS);
    }
}
