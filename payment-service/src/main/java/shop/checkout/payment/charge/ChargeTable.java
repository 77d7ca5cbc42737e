package shop.checkout.payment.charge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.effect.Change;
import shop.checkout.effect.EffectRows;
import shop.checkout.effect.Standing;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.payment.gateway.PaymentRequest;
import shop.checkout.time.HybridClock;

/** The rows of charges and their ledger, many at once. */
final class ChargeTable extends EffectRows<PaymentRequest, ChargeRow> {

    private static final String FIND = """
            select c.order_id, c.command, c.state, c.method, c.amount, c.currency, c.payment_id, c.charge_id, c.refund_id,
                   c.reason, c.key_spent_at, c.created_at, c.hlc
              from charge c
              join unnest(?::uuid[], ?::text[]) as k (order_id, command)
                on c.order_id = k.order_id and c.command = k.command
             order by c.order_id, c.command
            """;

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

    private final Writes writes;
    private final HybridClock clock;

    ChargeTable(JdbcTemplate jdbc, HybridClock clock) {
        super("charge", new Statements(FIND, INSERT, UPDATE), jdbc, clock);
        this.writes = Writes.of(jdbc);
        this.clock = clock;
    }

    @Override
    public void write(List<Change<PaymentRequest>> changes) {
        super.write(changes);
        writeLedger(inOrder(changes).flatMap(LedgerRow::of).toList());
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

    @Override
    protected ChargeRow row(Standing<PaymentRequest> standing) {
        return ChargeRow.of(standing);
    }

    @Override
    protected MessageKey command(ChargeRow row) {
        return row.command();
    }

    @Override
    protected Columns<ChargeRow> addChanging(Columns<ChargeRow> key) {
        return key.text(ChargeRow::state)
                .text(ChargeRow::paymentId)
                .text(ChargeRow::chargeId)
                .text(ChargeRow::refundId)
                .text(ChargeRow::reason)
                .timestamp(ChargeRow::keySpentAt)
                .bigint(ChargeRow::captured)
                .bigint(ChargeRow::refunded);
    }

    @Override
    protected Columns<ChargeRow> addLasting(Columns<ChargeRow> columns) {
        return columns.text(ChargeRow::method)
                .text(ChargeRow::amount)
                .text(ChargeRow::currency)
                .timestamp(ChargeRow::createdAt);
    }

    @Override
    protected Standing<PaymentRequest> standing(ResultSet row) throws SQLException {
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
                        instant(row, "key_spent_at"),
                        row.getTimestamp("created_at").toInstant())
                .standing();
    }
}
