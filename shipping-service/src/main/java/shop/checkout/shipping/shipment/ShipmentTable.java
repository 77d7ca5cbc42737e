package shop.checkout.shipping.shipment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.effect.Change;
import shop.checkout.effect.EffectRows;
import shop.checkout.effect.Standing;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.shipping.carrier.ParcelRequest;
import shop.checkout.time.HybridClock;

/** The rows of shipments and their ledger, many at once. */
final class ShipmentTable extends EffectRows<ParcelRequest, ShipmentRow> {

    private static final String FIND = """
            select s.order_id, s.command, s.state, s.parcel, s.carrier_id, s.tracking_number, s.reason, s.key_spent_at,
                   s.created_at, s.hlc
              from shipment s
              join unnest(?::uuid[], ?::text[]) as k (order_id, command)
                on s.order_id = k.order_id and s.command = k.command
             order by s.order_id, s.command
            """;

    private static final String INSERT = """
            insert into shipment (order_id, command, state, carrier_id, tracking_number, reason, key_spent_at, hlc, parcel,
                                  created_at)
            select * from unnest(
                ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[],
                ?::text[], ?::timestamptz[])
                on conflict do nothing
            """;

    private static final String UPDATE = """
            update shipment s
               set state = k.state, carrier_id = k.carrier_id, tracking_number = k.tracking_number, reason = k.reason,
                   key_spent_at = k.key_spent_at, hlc = k.hlc, revision = s.revision + 1, updated_at = now()
              from unnest(
                ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[])
                   as k (order_id, command, state, carrier_id, tracking_number, reason, key_spent_at, hlc)
             where s.order_id = k.order_id and s.command = k.command
            """;

    private static final String INSERT_LEDGER = """
            insert into shipment_ledger (order_id, message, kind, reference, hlc)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[])
            """;

    private final Writes writes;
    private final Codec codec;
    private final HybridClock clock;

    ShipmentTable(JdbcTemplate jdbc, Codec codec, HybridClock clock) {
        super("shipment", new Statements(FIND, INSERT, UPDATE), jdbc, clock);
        this.writes = Writes.of(jdbc);
        this.codec = codec;
        this.clock = clock;
    }

    @Override
    public void write(List<Change<ParcelRequest>> changes) {
        super.write(changes);
        writeLedger(inOrder(changes).flatMap(LedgerRow::of).toList());
    }

    private void writeLedger(List<LedgerRow> lines) {
        if (lines.isEmpty()) {
            return;
        }
        var columns = Columns.of(lines)
                .text(it -> it.message().sagaId())
                .text(it -> it.message().name())
                .text(LedgerRow::kind)
                .text(LedgerRow::reference)
                .bigint(it -> clock.now().packed());
        writes.add(INSERT_LEDGER, columns.arrays());
    }

    @Override
    protected ShipmentRow row(Standing<ParcelRequest> standing) {
        return ShipmentRow.of(standing, codec);
    }

    @Override
    protected MessageKey command(ShipmentRow row) {
        return row.command();
    }

    @Override
    protected Columns<ShipmentRow> addChanging(Columns<ShipmentRow> key) {
        return key.text(ShipmentRow::state)
                .text(ShipmentRow::carrierId)
                .text(ShipmentRow::trackingNumber)
                .text(ShipmentRow::reason)
                .timestamp(ShipmentRow::keySpentAt);
    }

    @Override
    protected Columns<ShipmentRow> addLasting(Columns<ShipmentRow> columns) {
        return columns.text(ShipmentRow::parcel).timestamp(ShipmentRow::createdAt);
    }

    @Override
    protected Standing<ParcelRequest> standing(ResultSet row) throws SQLException {
        return new ShipmentRow(
                        new MessageKey(SagaId.parse(row.getString("order_id")), row.getString("command")),
                        ShipmentState.valueOf(row.getString("state")),
                        row.getString("parcel"),
                        row.getString("carrier_id"),
                        row.getString("tracking_number"),
                        row.getString("reason"),
                        instant(row, "key_spent_at"),
                        row.getTimestamp("created_at").toInstant())
                .standing(codec);
    }
}
