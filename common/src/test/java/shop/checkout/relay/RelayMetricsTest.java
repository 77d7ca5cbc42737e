package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelayMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RelayMetrics metrics = new RelayMetrics(registry, "slot", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void tellTheWayToTheRelayFromTheWayToKafka() {
        metrics.published(3, NOW.minusMillis(100), Duration.ofMillis(40));
        metrics.published(1, NOW.minusMillis(10), Duration.ofMillis(4));

        assertThat(millis("relay.lag")).isEqualTo(110);
        assertThat(millis("relay.publish")).isEqualTo(44);
        assertThat(registry.get("relay.published.rows").counter().count()).isEqualTo(4);
    }

    /** Otherwise one could not be subtracted from the other. */
    @Test
    void measureBothWaysOfEveryBatchHoweverClocksDiffer() {
        metrics.published(1, NOW.plusSeconds(5), Duration.ofMillis(4));

        assertThat(registry.get("relay.lag").timer().count()).isEqualTo(1);
        assertThat(millis("relay.lag")).isEqualTo(4);
        assertThat(millis("relay.publish")).isEqualTo(4);
    }

    @Test
    void leaveNothingBehind() {
        metrics.close();

        assertThat(registry.getMeters()).isEmpty();
    }

    private double millis(String timer) {
        return registry.get(timer).timer().totalTime(TimeUnit.MILLISECONDS);
    }
}
