package shop.checkout.shipping.shipment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.effect.Change;
import shop.checkout.effect.EffectStore;
import shop.checkout.effect.Standing;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.shipping.carrier.ParcelRequest;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;

/** The rows of shipments and their ledger, many at once. */
final class ShipmentTable implements EffectStore<ParcelRequest> {

    private static final String FIND = """
            select s.order_id, s.command, s.state, s.parcel, s.carrier_id, s.tracking_number, s.reason, s.key_spent_at,
                   s.created_at, s.hlc
              from shipment s
              join unnest(?::uuid[], ?::text[]) as k (order_id, command)
                on s.order_id = k.order_id and s.command = k.command
             order by s.order_id, s.command
            """;

    private static final String LOCK = FIND + " for update of s";

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

    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final Codec codec;
    private final HybridClock clock;

    ShipmentTable(JdbcTemplate jdbc, Codec codec, HybridClock clock) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.codec = codec;
        this.clock = clock;
    }

    @Override
    public List<Standing<ParcelRequest>> find(Collection<MessageKey> commands) {
        return select(FIND, commands);
    }

    @Override
    public List<Standing<ParcelRequest>> lock(SortedSet<MessageKey> commands) {
        return select(LOCK, commands);
    }

    @Override
    public void write(List<Change<ParcelRequest>> changes) {
        var sorted = changes.stream()
                .sorted(Comparator.comparing(change -> change.after().command()))
                .toList();
        var added = rows(sorted.stream().filter(it -> it.before().isEmpty()));
        var altered = rows(sorted.stream().filter(it -> it.before().isPresent()));
        if (!added.isEmpty()) {
            var columns = mutable(added).text(ShipmentRow::parcel).timestamp(ShipmentRow::createdAt);
            writes.add(rows -> expect(added.size(), rows), INSERT, columns.arrays());
        }
        if (!altered.isEmpty()) {
            writes.add(
                    rows -> expect(altered.size(), rows),
                    UPDATE,
                    mutable(altered).arrays());
        }
        writeLedger(sorted.stream().flatMap(LedgerRow::of).toList());
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

    private List<ShipmentRow> rows(Stream<Change<ParcelRequest>> changes) {
        return changes.map(change -> ShipmentRow.of(change.after(), codec)).toList();
    }

    private Columns<ShipmentRow> mutable(List<ShipmentRow> rows) {
        return Columns.of(rows)
                .text(row -> row.command().sagaId())
                .text(row -> row.command().name())
                .text(ShipmentRow::state)
                .text(ShipmentRow::carrierId)
                .text(ShipmentRow::trackingNumber)
                .text(ShipmentRow::reason)
                .timestamp(ShipmentRow::keySpentAt)
                .bigint(row -> clock.now().packed());
    }

    private List<Standing<ParcelRequest>> select(String sql, Collection<MessageKey> commands) {
        if (commands.isEmpty()) {
            return List.of();
        }
        var keys = Columns.of(List.copyOf(commands)).text(MessageKey::sagaId).text(MessageKey::name);
        return jdbc.query(sql, (row, _) -> standing(row), keys.arrays());
    }

    /** The clock is moved past the row's last change, whoever made it. */
    private Standing<ParcelRequest> standing(ResultSet row) throws SQLException {
        clock.observe(new Hlc(row.getLong("hlc")));
        return new ShipmentRow(
                        new MessageKey(SagaId.parse(row.getString("order_id")), row.getString("command")),
                        ShipmentState.valueOf(row.getString("state")),
                        row.getString("parcel"),
                        row.getString("carrier_id"),
                        row.getString("tracking_number"),
                        row.getString("reason"),
                        instant(row.getTimestamp("key_spent_at")),
                        row.getTimestamp("created_at").toInstant())
                .standing(codec);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant).orElse(null);
    }

    private static void expect(int expected, int written) {
        if (written != expected) {
            throw new ConcurrencyFailureException(
                    (expected - written) + " of " + expected + " shipments were written by somebody else meanwhile");
        }
    }
}
