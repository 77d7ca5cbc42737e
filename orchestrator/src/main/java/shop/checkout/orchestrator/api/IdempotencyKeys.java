package shop.checkout.orchestrator.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.Columns;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.StartGuard;
import shop.checkout.orchestrator.engine.StartRequest;

/**
 * The keys under which sagas were started. A key is written in the transaction that starts its saga, so that there is one
 * if and only if there is the other. It is kept for {@link #RETENTION}; after that it counts as new.
 */
final class IdempotencyKeys implements StartGuard<Ticket> {

    static final Duration RETENTION = Duration.ofHours(48);

    private static final int SWEEP_ROWS = 5_000;

    /**
     * In the order of the keys, as {@link StartGuard} asks. A key that another transaction is just writing is waited for, but only
     * briefly: commits take milliseconds, and one that takes longer may never come, while all other requests wait here.
     */
    private static final String ADMIT = """
            with patience as materialized (select set_config('lock_timeout', '300ms', true) as set)
            insert into idempotency_key (scope, key, fingerprint, saga_id)
            select new.scope, new.key, new.fingerprint, new.saga_id
              from patience, unnest(?::text[], ?::text[], ?::text[], ?::uuid[]) as new (scope, key, fingerprint, saga_id)
             where patience.set is not null
             order by new.scope, new.key, new.saga_id
                on conflict do nothing
            returning saga_id
            """;

    private static final String FIND = "select saga_id, fingerprint from idempotency_key where scope = ? and key = ?";

    private static final String WITHDRAW = """
            delete from idempotency_key i
             using unnest(?::text[], ?::text[], ?::uuid[]) as k (scope, key, saga_id)
             where i.scope = k.scope and i.key = k.key and i.saga_id = k.saga_id
            """;

    private static final String SWEEP = """
            delete from idempotency_key
             where (scope, key) in (select scope, key from idempotency_key
                                     where created_at < now() - ?::interval
                                     order by created_at limit ? for update skip locked)
            """;

    /** Under which id a key started a saga, and of which payload. */
    record Used(SagaId sagaId, String fingerprint) {}

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    IdempotencyKeys(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @throws KeyInUse when another transaction holds on to one of the keys */
    @Override
    public Set<SagaId> admit(List<StartRequest<Ticket>> requests) {
        return KeyInUse.noticed(() -> insert(requests));
    }

    private Set<SagaId> insert(List<StartRequest<Ticket>> requests) {
        var columns = Columns.of(requests)
                .text(request -> request.ticket().scope())
                .text(request -> request.ticket().key().value())
                .text(request -> request.ticket().fingerprint())
                .text(request -> request.saga().id())
                .arrays();
        return Set.copyOf(jdbc.query(ADMIT, (row, _) -> SagaId.parse(row.getString("saga_id")), columns));
    }

    /** Gives back keys that this transaction has admitted, because their sagas may not start for another reason. */
    void withdraw(List<StartRequest<Ticket>> admitted) {
        if (!admitted.isEmpty()) {
            var columns = Columns.of(admitted)
                    .text(request -> request.ticket().scope())
                    .text(request -> request.ticket().key().value())
                    .text(request -> request.saga().id());
            jdbc.update(WITHDRAW, columns.arrays());
        }
    }

    Optional<Used> find(Ticket ticket) {
        return jdbc
                .query(FIND, IdempotencyKeys::used, ticket.scope(), ticket.key().value())
                .stream()
                .findFirst();
    }

    /** Forgets old keys, some at a time; any number of replicas may do so at once. */
    void sweep() {
        int forgotten = SWEEP_ROWS;
        while (forgotten == SWEEP_ROWS) {
            forgotten = Objects.requireNonNull(
                    transaction.execute(status -> jdbc.update(SWEEP, RETENTION.toString(), SWEEP_ROWS)));
        }
    }

    private static Used used(ResultSet row, int index) throws SQLException {
        return new Used(SagaId.parse(row.getString("saga_id")), row.getString("fingerprint"));
    }
}
