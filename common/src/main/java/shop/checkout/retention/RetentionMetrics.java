package shop.checkout.retention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.jdbc.DailyPartitions;

/** What operators see of the partitions; every meter carries the table's name. */
final class RetentionMetrics {

    private static final List<String> TABLES = List.of("outbox", "inbox");
    private static final int MOST_COUNTED = 100_000;

    private final MeterRegistry registry;
    private final JdbcTemplate jdbc;
    private final DailyPartitions partitions;
    private final Clock clock;
    private final Map<String, AtomicLong> ages;
    private final Map<String, AtomicLong> restRows;

    RetentionMetrics(MeterRegistry registry, JdbcTemplate jdbc, DailyPartitions partitions, Clock clock) {
        this.registry = registry;
        this.jdbc = jdbc;
        this.partitions = partitions;
        this.clock = clock;
        TABLES.forEach(table -> dropped(table, 0)); // there from the start, so that 0 is seen as 0
        this.ages =
                gauges("checkout.partitions.oldest.age", "seconds", "From the beginning of the oldest partition's day");
        this.restRows = gauges(
                "checkout.partitions.rest.rows", "rows", "In the default partition, counted up to " + MOST_COUNTED);
    }

    private Map<String, AtomicLong> gauges(String name, String unit, String description) {
        return TABLES.stream().collect(Collectors.toMap(table -> table, table -> {
            var value = new AtomicLong();
            Gauge.builder(name, value, AtomicLong::get)
                    .description(description)
                    .baseUnit(unit)
                    .tag("table", table)
                    .register(registry);
            return value;
        }));
    }

    void dropped(String table, int count) {
        registry.counter("checkout.partitions.dropped", "table", table).increment(count);
    }

    void refresh() {
        ages.forEach((table, value) -> value.set(oldestAge(table).toSeconds()));
        restRows.forEach((table, value) -> value.set(rest(table)));
    }

    private Duration oldestAge(String table) {
        return partitions.of(table).stream()
                .findFirst()
                .map(it -> Duration.between(it.day().atStartOfDay().toInstant(ZoneOffset.UTC), clock.instant()))
                .orElse(Duration.ZERO);
    }

    private long rest(String table) {
        var count = jdbc.queryForObject(
                "select count(*) from (select from %s_rest limit %d) as counted".formatted(table, MOST_COUNTED),
                Long.class);
        return count == null ? 0 : count;
    }
}
