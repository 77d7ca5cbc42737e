package shop.checkout.effect;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.jdbc.Columns;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.time.HybridClock;

/**
 * Effects in a table of their own, made by the service's migrations with these columns: {@code saga_id uuid, command text}
 * (the primary key, together the message key), {@code state text} (an {@link EffectState}), {@code request text} (JSON),
 * {@code receipt_id, receipt_number, reversal, reason text}, {@code key_spent_at timestamptz}, {@code hlc bigint}, {@code
 * revision integer default 1}, {@code created_at timestamptz}, {@code updated_at timestamptz default now()}. A ledger is
 * the service's own affair.
 */
public final class EffectTable<T> extends EffectRows<T, EffectRow> {

    private static final String FIND = """
            select e.saga_id, e.command, e.state, e.request, e.receipt_id, e.receipt_number, e.reversal, e.reason,
                   e.key_spent_at, e.created_at, e.hlc
              from %s e
              join unnest(?::uuid[], ?::text[]) as k (saga_id, command)
                on e.saga_id = k.saga_id and e.command = k.command
             order by e.saga_id, e.command
            """;

    private static final String INSERT = """
            insert into %s (saga_id, command, state, receipt_id, receipt_number, reversal, reason, key_spent_at, hlc,
                            request, created_at)
            select * from unnest(
                ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                ?::bigint[], ?::text[], ?::timestamptz[])
                on conflict do nothing
            """;

    private static final String UPDATE = """
            update %s e
               set state = k.state, receipt_id = k.receipt_id, receipt_number = k.receipt_number, reversal = k.reversal,
                   reason = k.reason, key_spent_at = k.key_spent_at, hlc = k.hlc, revision = e.revision + 1,
                   updated_at = now()
              from unnest(
                ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                ?::bigint[])
                   as k (saga_id, command, state, receipt_id, receipt_number, reversal, reason, key_spent_at, hlc)
             where e.saga_id = k.saga_id and e.command = k.command
            """;

    private final Class<T> type;
    private final Codec codec;

    /**
     * @param table its name, from the code and never from outside
     * @param type of the requests, which are stored as JSON
     */
    public EffectTable(String table, Class<T> type, JdbcTemplate jdbc, Codec codec, HybridClock clock) {
        super(table, statements(table), jdbc, clock);
        this.type = type;
        this.codec = codec;
    }

    private static Statements statements(String table) {
        return new Statements(FIND.formatted(table), INSERT.formatted(table), UPDATE.formatted(table));
    }

    @Override
    protected EffectRow row(Standing<T> standing) {
        return EffectRow.of(standing, codec);
    }

    @Override
    protected MessageKey command(EffectRow row) {
        return row.command();
    }

    @Override
    protected Columns<EffectRow> addChanging(Columns<EffectRow> key) {
        return key.text(EffectRow::state)
                .text(EffectRow::receiptId)
                .text(EffectRow::receiptNumber)
                .text(EffectRow::reversal)
                .text(EffectRow::reason)
                .timestamp(EffectRow::keySpentAt);
    }

    @Override
    protected Columns<EffectRow> addLasting(Columns<EffectRow> columns) {
        return columns.text(EffectRow::request).timestamp(EffectRow::createdAt);
    }

    @Override
    protected Standing<T> standing(ResultSet row) throws SQLException {
        return new EffectRow(
                        new MessageKey(SagaId.parse(row.getString("saga_id")), row.getString("command")),
                        EffectState.valueOf(row.getString("state")),
                        row.getString("request"),
                        row.getString("receipt_id"),
                        row.getString("receipt_number"),
                        row.getString("reversal"),
                        row.getString("reason"),
                        instant(row, "key_spent_at"),
                        row.getTimestamp("created_at").toInstant())
                .standing(type, codec);
    }
}
