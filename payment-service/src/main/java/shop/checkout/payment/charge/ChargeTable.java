package shop.checkout.payment.charge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.effect.Change;
import shop.checkout.effect.EffectStore;
import shop.checkout.effect.Standing;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.payment.gateway.PaymentRequest;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;

/** The rows of charges and their ledger, many at once. */
final class ChargeTable implements EffectStore<PaymentRequest> {

    private static final String FIND = """
            select c.order_id, c.command, c.state, c.method, c.amount, c.currency, c.payment_id, c.charge_id, c.refund_id,
                   c.reason, c.key_spent_at, c.created_at, c.hlc
              from charge c
              join unnest(?::uuid[], ?::text[]) as k (order_id, command)
                on c.order_id = k.order_id and c.command = k.command
             order by c.order_id, c.command
            """;

    private static final String LOCK = FIND + " for update of c";

    private static final String INSERT = """
            insert into charge (order_id, command, state, payment_id, charge_id, refund_id, reason, key_spent_at,
                                captured, refunded, hlc, method, amount, currency, created_at)
            select * from unnest(
                ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[])
                on conflict do nothing
            """;

    private static final String UPDATE = """
            update charge c
               set state = k.state, payment_id = k.payment_id, charge_id = k.charge_id, refund_id = k.refund_id,
                   reason = k.reason, key_spent_at = k.key_spent_at, captured = k.captured, refunded = k.refunded,
                   hlc = k.hlc, revision = c.revision + 1, updated_at = now()
              from unnest(
                ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                ?::bigint[], ?::bigint[], ?::bigint[])
                   as k (order_id, command, state, payment_id, charge_id, refund_id, reason, key_spent_at,
                         captured, refunded, hlc)
             where c.order_id = k.order_id and c.command = k.command
            """;

    private static final String INSERT_LEDGER = """
            insert into payment_ledger (order_id, message, kind, amount, currency, reference, hlc)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
            """;

    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final HybridClock clock;

    ChargeTable(JdbcTemplate jdbc, HybridClock clock) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.clock = clock;
    }

    @Override
    public List<Standing<PaymentRequest>> find(Collection<MessageKey> commands) {
        return select(FIND, commands);
    }

    @Override
    public List<Standing<PaymentRequest>> lock(SortedSet<MessageKey> commands) {
        return select(LOCK, commands);
    }

    @Override
    public void write(List<Change<PaymentRequest>> changes) {
        var sorted = changes.stream()
                .sorted(Comparator.comparing(change -> change.after().command()))
                .toList();
        var added = rows(sorted.stream().filter(it -> it.before().isEmpty()));
        var altered = rows(sorted.stream().filter(it -> it.before().isPresent()));
        if (!added.isEmpty()) {
            writes.add(rows -> expect(added.size(), rows), INSERT, all(added));
        }
        if (!altered.isEmpty()) {
            writes.add(
                    rows -> expect(altered.size(), rows),
                    UPDATE,
                    mutable(altered).arrays());
        }
        writeLedger(sorted.stream().flatMap(LedgerRow::of).toList());
    }

    private void writeLedger(List<LedgerRow> movements) {
        if (movements.isEmpty()) {
            return;
        }
        var columns = Columns.of(movements)
                .text(it -> it.message().sagaId())
                .text(it -> it.message().name())
                .text(LedgerRow::kind)
                .bigint(it -> it.amount().minorUnits())
                .text(it -> it.amount().currency())
                .text(LedgerRow::reference)
                .bigint(it -> clock.now().packed());
        writes.add(INSERT_LEDGER, columns.arrays());
    }

    private static List<ChargeRow> rows(java.util.stream.Stream<Change<PaymentRequest>> changes) {
        return changes.map(change -> ChargeRow.of(change.after())).toList();
    }

    private Object[] all(List<ChargeRow> rows) {
        return mutable(rows)
                .text(ChargeRow::method)
                .text(ChargeRow::amount)
                .text(ChargeRow::currency)
                .timestamp(ChargeRow::createdAt)
                .arrays();
    }

    private Columns<ChargeRow> mutable(List<ChargeRow> rows) {
        return Columns.of(rows)
                .text(row -> row.command().sagaId())
                .text(row -> row.command().name())
                .text(ChargeRow::state)
                .text(ChargeRow::paymentId)
                .text(ChargeRow::chargeId)
                .text(ChargeRow::refundId)
                .text(ChargeRow::reason)
                .timestamp(ChargeRow::keySpentAt)
                .bigint(ChargeRow::captured)
                .bigint(ChargeRow::refunded)
                .bigint(row -> clock.now().packed());
    }

    private List<Standing<PaymentRequest>> select(String sql, Collection<MessageKey> commands) {
        if (commands.isEmpty()) {
            return List.of();
        }
        var keys = Columns.of(List.copyOf(commands)).text(MessageKey::sagaId).text(MessageKey::name);
        return jdbc.query(sql, (row, _) -> standing(row), keys.arrays());
    }

    /** The clock is moved past the row's last change, whoever made it. */
    private Standing<PaymentRequest> standing(ResultSet row) throws SQLException {
        clock.observe(new Hlc(row.getLong("hlc")));
        return new ChargeRow(
                        new MessageKey(SagaId.parse(row.getString("order_id")), row.getString("command")),
                        ChargeState.valueOf(row.getString("state")),
                        row.getString("method"),
                        row.getObject("amount", Long.class),
                        row.getString("currency"),
                        row.getString("payment_id"),
                        row.getString("charge_id"),
                        row.getString("refund_id"),
                        row.getString("reason"),
                        instant(row.getTimestamp("key_spent_at")),
                        row.getTimestamp("created_at").toInstant())
                .standing();
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant).orElse(null);
    }

    private static void expect(int expected, int written) {
        if (written != expected) {
            throw new ConcurrencyFailureException(
                    (expected - written) + " of " + expected + " charges were written by somebody else meanwhile");
        }
    }
}
