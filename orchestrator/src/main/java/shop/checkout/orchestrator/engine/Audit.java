package shop.checkout.orchestrator.engine;

import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.time.HybridClock;

/** The append-only table of what people have done to sagas. Joins the transaction of what it tells. */
final class Audit {

    private static final String INSERT = """
            insert into audit (saga_id, operation, step, operator, reason, revision_before, status_before, revision_after,
                               status_after, hlc)
            values (?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** How a saga stood. */
    record Standing(long revision, SagaStatus status) {}

    private final JdbcTemplate jdbc;
    private final HybridClock clock;

    Audit(JdbcTemplate jdbc, HybridClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void append(OperatorRequest request, Standing before, Standing after) {
        jdbc.update(
                INSERT,
                request.saga().toString(),
                request.operation().label(),
                request.operation().ofStep().orElse(null),
                request.operator(),
                request.reason(),
                before.revision(),
                before.status().name(),
                after.revision(),
                after.status().name(),
                clock.now().packed());
    }
}
