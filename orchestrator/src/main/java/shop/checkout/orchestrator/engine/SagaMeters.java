package shop.checkout.orchestrator.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaStatus;

/**
 * What operators see of sagas. How long each took is measured by the replica that ends it, on the database's clock, once that is durable.
 * Open ones are counted now and then, whether anybody asks or not, and every replica shows the same; it shows no number while the
 * database does not answer.
 */
final class SagaMeters implements SagaListener {

    static final Duration COUNT_EVERY = Duration.ofSeconds(5);

    /** For a while a database in trouble shall have one connection less of the pool to answer, no longer. */
    private static final Duration COUNT_LIMIT = Duration.ofSeconds(2);

    private static final int MOST_COUNTED = 100_000;
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5)
    };

    /** In the order of the index that holds only open ones, so that its entries are read and nothing else. */
    private static final String COUNT = """
            select definition, status, count(*) as open, count(held_by) as held,
                   extract(epoch from clock_timestamp() - min(created_at)) as oldest
              from (select definition, status, held_by, created_at from saga where wake_at is not null order by wake_at limit %d) as open
             group by definition, status
            """.formatted(MOST_COUNTED);

    private record Kind(String definition, SagaStatus status) {}

    private record Count(long open, long held, double oldest) {

        static final Count NONE = new Count(0, 0, 0);
    }

    private final JdbcTemplate jdbc;
    private final Map<Kind, Timer> durations = new HashMap<>();
    private final Counter unawaited;
    private volatile @Nullable Map<Kind, Count> counts;

    SagaMeters(DataSource database, MeterRegistry meters, List<SagaDefinition<?>> definitions) {
        this.jdbc = new JdbcTemplate(database);
        jdbc.setQueryTimeout(Math.toIntExact(COUNT_LIMIT.toSeconds()));
        definitions.stream()
                .map(SagaDefinition::name)
                .distinct()
                .flatMap(name -> Stream.of(SagaStatus.values()).map(status -> new Kind(name, status)))
                .forEach(kind -> register(kind, meters));
        unawaited = Counter.builder("checkout.replies.ignored")
                .description("Replies that no saga waited for, as because they came twice or late")
                .register(meters);
    }

    private void register(Kind kind, MeterRegistry meters) {
        if (kind.status.isFinal()) {
            durations.put(kind, duration(kind, meters));
            return;
        }
        gauge("checkout.sagas.open", "Sagas that have not ended, counted up to " + MOST_COUNTED, kind, Count::open)
                .register(meters);
        gauge("checkout.sagas.held", "Those that wait for a participant that does not answer", kind, Count::held)
                .register(meters);
        gauge("checkout.sagas.oldest", "Age of the oldest of those that have not ended", kind, Count::oldest)
                .baseUnit("seconds")
                .register(meters);
    }

    private Gauge.Builder<?> gauge(String name, String description, Kind kind, ToDoubleFunction<Count> reading) {
        return Gauge.builder(name, () -> value(kind, reading))
                .description(description)
                .tag("definition", kind.definition)
                .tag("status", kind.status.name());
    }

    private double value(Kind kind, ToDoubleFunction<Count> reading) {
        var known = counts;
        return known == null ? Double.NaN : reading.applyAsDouble(known.getOrDefault(kind, Count.NONE));
    }

    /** Sagas that go on by themselves, as last counted; 0 while that is not known. */
    long underWay() {
        var known = counts;
        return known == null
                ? 0
                : known.entrySet().stream()
                        .filter(it -> it.getKey().status != SagaStatus.NEEDS_ATTENTION)
                        .mapToLong(it -> it.getValue().open - it.getValue().held)
                        .sum();
    }

    private static Timer duration(Kind kind, MeterRegistry meters) {
        return Timer.builder("checkout.saga.duration")
                .description("From the start of a saga to its end")
                .tag("definition", kind.definition)
                .tag("outcome", kind.status.name())
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    @Override
    public void committed(List<Committed<?>> sagas) {
        int ignored = 0;
        for (var it : sagas) {
            ignored += it.repliesIgnored();
            if (it.hasJustEnded()) {
                Objects.requireNonNull(durations.get(
                                new Kind(it.definition(), it.saga().status())))
                        .record(Duration.between(it.createdAt(), it.updatedAt()));
            }
        }
        unawaited.increment(ignored);
    }

    /** Counts the open ones anew. */
    void count() {
        Map<Kind, Count> found = new HashMap<>();
        try {
            jdbc.query(COUNT, row -> {
                found.put(
                        new Kind(row.getString("definition"), SagaStatus.valueOf(row.getString("status"))),
                        new Count(row.getLong("open"), row.getLong("held"), row.getDouble("oldest")));
            });
        } catch (RuntimeException e) {
            counts = null;
            throw e;
        }
        counts = Map.copyOf(found);
    }
}
