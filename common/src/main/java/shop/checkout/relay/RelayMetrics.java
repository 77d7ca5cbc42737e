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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import shop.checkout.metrics.HopTimer;

/** What operators see of a relay; every meter carries the slot's name. */
final class RelayMetrics implements AutoCloseable {

    private static final List<String> WAL_STATUSES = List.of("reserved", "extended", "unreserved", "lost", "absent");

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter rows;
    private final DistributionSummary batch;
    private final Timer lag;
    private final Timer publish;
    private final Counter failures;
    private final Counter losses;
    private final List<Gauge> gauges = new ArrayList<>();
    private final AtomicLong token = new AtomicLong();
    private volatile @Nullable RelayStatus observed;

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
        this.lag = timer("relay.lag", "From the writing of a batch's first row to the acknowledgement of all", slot);
        this.publish =
                timer("relay.publish", "From the handing of a batch to Kafka to the acknowledgement of all", slot);
        this.failures = Counter.builder("relay.failures")
                .description("How often publishing was begun anew after a failure")
                .tag("slot", slot)
                .register(registry);
        this.losses = Counter.builder("relay.slot.losses")
                .description("How often the slot was found lost or made anew")
                .tag("slot", slot)
                .register(registry);
        gauge(
                slot,
                "relay.leader.token",
                "The fencing token of the lease while this replica publishes, otherwise 0",
                token::get);
        gauge(slot, "relay.leader", "1 while this replica publishes, otherwise 0", () -> token.get() > 0 ? 1 : 0);
        observedGauges(slot);
    }

    private Timer timer(String name, String description, String slot) {
        return HopTimer.named(name).description(description).tag("slot", slot).register(registry);
    }

    /** Not a number as long as the database does not answer. */
    private void observedGauges(String slot) {
        observed(
                slot,
                "relay.outbox.lag.rows",
                "Rows written after the newest that is known to be published",
                RelayStatus::lagRows);
        observed(
                slot,
                "relay.outbox.lag.seconds",
                "Age of the oldest of these",
                it -> it.lag().toMillis() / 1e3);
        observed(slot, "relay.slot.active", "1 while somebody reads from the slot", it -> it.slotActive() ? 1 : 0);
        observed(
                slot,
                "relay.slot.retained.bytes",
                "Log that PostgreSQL keeps for the slot",
                RelayStatus::retainedBytes);
        for (var status : WAL_STATUSES) {
            gauges.add(Gauge.builder(
                            "relay.slot.status",
                            () -> value(it -> it.walStatus().equals(status) ? 1 : 0))
                    .description("1 for the slot's wal_status, 0 for the others")
                    .tag("slot", slot)
                    .tag("status", status)
                    .register(registry));
        }
    }

    private void observed(String slot, String name, String description, ToDoubleFunction<RelayStatus> reading) {
        gauge(slot, name, description, () -> value(reading));
    }

    private void gauge(String slot, String name, String description, Supplier<Number> value) {
        gauges.add(Gauge.builder(name, value)
                .description(description)
                .tag("slot", slot)
                .register(registry));
    }

    private double value(ToDoubleFunction<RelayStatus> reading) {
        var status = observed;
        return status == null ? Double.NaN : reading.applyAsDouble(status);
    }

    /** @param status null when it could not be read */
    void observed(@Nullable RelayStatus status) {
        observed = status;
    }

    /**
     * A batch of so many rows is acknowledged.
     *
     * @param firstWrittenAt by the writer's clock, which may be ahead of this one
     * @param took since it was handed to Kafka
     */
    void published(int count, Instant firstWrittenAt, Duration took) {
        rows.increment(count);
        batch.record(count);
        publish.record(took);
        var sinceWritten = Duration.between(firstWrittenAt, clock.instant());
        lag.record(sinceWritten.compareTo(took) > 0 ? sinceWritten : took); // both count the same batches
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
        List.<Meter>of(rows, batch, lag, publish, failures, losses).forEach(registry::remove);
        gauges.forEach(registry::remove);
    }
}
