package shop.checkout.payment.charge;

import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.effect.Change;
import shop.checkout.effect.EffectStore;
import shop.checkout.effect.EffectTable;
import shop.checkout.effect.Standing;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.payment.gateway.RefundRequest;
import shop.checkout.payment.gateway.RefundRequest.Capture;
import shop.checkout.time.HybridClock;

/** The rows of refunds by returns, and what they change: the charge that is given back, and the ledger. */
final class RefundTable implements EffectStore<RefundRequest> {

    private static final String CAPTURED = """
            select c.order_id, c.command, c.payment_id, c.amount, c.currency, r.saga_id as returned_by
              from charge c
              left join return_refund r on r.order_id = c.order_id and r.state <> 'REFUSED'
             where c.order_id = any (?::uuid[]) and c.state = 'CHARGED'
            """;

    /** That no more is given back than was taken is checked by the table. */
    private static final String GIVE_BACK = """
            update charge c
               set state = 'REFUNDED', refund_id = k.refund_id, refunded = c.refunded + k.amount,
                   hlc = greatest(k.hlc, c.hlc + 1), revision = c.revision + 1, updated_at = now()
              from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                   as k (order_id, command, refund_id, amount, hlc)
             where c.order_id = k.order_id and c.command = k.command and c.state = 'CHARGED'
            """;

    private static final String INSERT_LEDGER = """
            insert into payment_ledger (order_id, returns, return_id, message, kind, amount, currency, reference, hlc)
            select order_id, returns, return_id, message, 'RETURN', amount, currency, reference, hlc
              from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
                   as k (order_id, returns, return_id, message, amount, currency, reference, hlc)
            """;

    /** A refund that has become known. */
    private record Given(MessageKey command, RefundRequest request, String refundId) {

        static Stream<Given> of(Change<RefundRequest> change) {
            var after = change.after();
            return change.happened().stream().map(receipt -> new Given(after.command(), after.wanted(), receipt.id()));
        }

        OrderId order() {
            return request.orderId();
        }

        String charge() {
            return request.required().command();
        }
    }

    private final EffectTable<RefundRequest> rows;
    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final HybridClock clock;

    RefundTable(JdbcTemplate jdbc, Codec codec, HybridClock clock) {
        this.rows = new EffectTable<>("return_refund", RefundRequest.class, jdbc, codec, clock);
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.clock = clock;
    }

    /** What there is to give back of these orders. Nothing is locked: at worst the provider, or the table, refuses. */
    Map<OrderId, Captured> captured(Collection<OrderId> orders) {
        var ids = Columns.of(List.copyOf(orders)).text(OrderId::value).arrays();
        return jdbc.query(CAPTURED, RefundTable::captured, ids).stream()
                .collect(toMap(Captured::orderId, it -> it, (latest, _) -> latest));
    }

    @Override
    public List<Standing<RefundRequest>> find(Collection<MessageKey> commands) {
        return rows.find(commands);
    }

    @Override
    public List<Standing<RefundRequest>> lock(SortedSet<MessageKey> commands) {
        return rows.lock(commands);
    }

    /** @throws IllegalStateException when a charge was given back otherwise meanwhile: a person has to look */
    @Override
    public void write(List<Change<RefundRequest>> changes) {
        rows.write(changes);
        var given = changes.stream()
                .flatMap(Given::of)
                .sorted(Comparator.comparing(it -> it.order().value()))
                .toList();
        if (!given.isEmpty()) {
            giveBack(given);
            writeLedger(given);
        }
    }

    private void giveBack(List<Given> given) {
        var columns = Columns.of(given)
                .text(Given::order)
                .text(Given::charge)
                .text(Given::refundId)
                .bigint(it -> it.request().amount().minorUnits())
                .bigint(_ -> clock.now().packed());
        writes.add(updated -> expect(given, updated), GIVE_BACK, columns.arrays());
    }

    private static void expect(List<Given> given, int updated) {
        if (updated != given.size()) {
            throw new IllegalStateException((given.size() - updated) + " of these were refunded, but are not charged: "
                    + given.stream().map(Given::order).toList());
        }
    }

    private void writeLedger(List<Given> given) {
        var columns = Columns.of(given)
                .text(Given::order)
                .text(Given::charge)
                .text(it -> it.command().sagaId())
                .text(it -> it.command().name())
                .bigint(it -> it.request().amount().minorUnits())
                .text(it -> it.request().amount().currency())
                .text(Given::refundId)
                .bigint(_ -> clock.now().packed());
        writes.add(INSERT_LEDGER, columns.arrays());
    }

    private static Captured captured(ResultSet row, int index) throws SQLException {
        return new Captured(
                new OrderId(row.getObject("order_id", UUID.class)),
                new Capture(row.getString("command"), row.getString("payment_id")),
                Money.ofMinor(row.getLong("amount"), Currency.getInstance(row.getString("currency"))),
                Optional.ofNullable(row.getObject("returned_by", UUID.class)).map(ReturnId::new));
    }
}
