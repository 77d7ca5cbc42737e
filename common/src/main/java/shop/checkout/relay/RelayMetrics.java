package shop.checkout.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What operators see of a relay; every meter carries the slot's name. */
final class RelayMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter rows;
    private final DistributionSummary batch;
    private final Timer lag;
    private final Counter failures;
    private final Counter losses;
    private final Gauge leader;
    private final AtomicLong token = new AtomicLong();

    RelayMetrics(MeterRegistry registry, String slot, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.rows = Counter.builder("relay.published.rows")
                .description("Outbox rows acknowledged by Kafka")
                .tag("slot", slot)
                .register(registry);
        this.batch = DistributionSummary.builder("relay.published.batch")
                .description("Rows published and awaited together")
                .tag("slot", slot)
                .register(registry);
        this.lag = Timer.builder("relay.lag")
                .description("From the writing of a batch's last row to its acknowledgement")
                .tag("slot", slot)
                .register(registry);
        this.failures = Counter.builder("relay.failures")
                .description("How often publishing was begun anew after a failure")
                .tag("slot", slot)
                .register(registry);
        this.losses = Counter.builder("relay.slot.losses")
                .description("How often the slot was found lost or made anew")
                .tag("slot", slot)
                .register(registry);
        this.leader = Gauge.builder("relay.leader.token", token, AtomicLong::get)
                .description("The fencing token of the lease while this replica publishes, otherwise 0")
                .tag("slot", slot)
                .register(registry);
    }

    void published(int count, String lastCreatedAt) {
        rows.increment(count);
        batch.record(count);
        lag.record(Duration.between(Instant.parse(lastCreatedAt), clock.instant()));
    }

    void failed() {
        failures.increment();
    }

    void slotLost() {
        losses.increment();
    }

    void leads(long leaseToken) {
        token.set(leaseToken);
    }

    void stepsDown() {
        token.set(0);
    }

    long token() {
        return token.get();
    }

    @Override
    public void close() {
        List.<Meter>of(rows, batch, lag, failures, losses, leader).forEach(registry::remove);
    }
}
