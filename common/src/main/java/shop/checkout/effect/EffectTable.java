package shop.checkout.effect;

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
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;

/**
 * Effects in a table of their own, made by the service's migrations with these columns: {@code saga_id uuid, command text}
 * (the primary key, together the message key), {@code state text} (an {@link EffectState}), {@code request text} (JSON),
 * {@code receipt_id, receipt_number, reversal, reason text}, {@code key_spent_at timestamptz}, {@code hlc bigint}, {@code
 * revision integer default 1}, {@code created_at timestamptz}, {@code updated_at timestamptz default now()}. A ledger is
 * the service's own affair.
 */
public final class EffectTable<T> implements EffectStore<T> {

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

    private final String table;
    private final Class<T> type;
    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final Codec codec;
    private final HybridClock clock;

    /**
     * @param table its name, from the code and never from outside
     * @param type of the requests, which are stored as JSON
     */
    public EffectTable(String table, Class<T> type, JdbcTemplate jdbc, Codec codec, HybridClock clock) {
        this.table = table;
        this.type = type;
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.codec = codec;
        this.clock = clock;
    }

    @Override
    public List<Standing<T>> find(Collection<MessageKey> commands) {
        return select(FIND.formatted(table), commands);
    }

    @Override
    public List<Standing<T>> lock(SortedSet<MessageKey> commands) {
        return select(FIND.formatted(table) + " for update of e", commands);
    }

    @Override
    public void write(List<Change<T>> changes) {
        var sorted = changes.stream()
                .sorted(Comparator.comparing(change -> change.after().command()))
                .toList();
        var added = rows(sorted.stream().filter(it -> it.before().isEmpty()));
        var altered = rows(sorted.stream().filter(it -> it.before().isPresent()));
        if (!added.isEmpty()) {
            var columns = mutable(added).text(EffectRow::request).timestamp(EffectRow::createdAt);
            writes.add(rows -> expect(added.size(), rows), INSERT.formatted(table), columns.arrays());
        }
        if (!altered.isEmpty()) {
            writes.add(
                    rows -> expect(altered.size(), rows),
                    UPDATE.formatted(table),
                    mutable(altered).arrays());
        }
    }

    private List<EffectRow> rows(Stream<Change<T>> changes) {
        return changes.map(change -> EffectRow.of(change.after(), codec)).toList();
    }

    private Columns<EffectRow> mutable(List<EffectRow> rows) {
        return Columns.of(rows)
                .text(row -> row.command().sagaId())
                .text(row -> row.command().name())
                .text(EffectRow::state)
                .text(EffectRow::receiptId)
                .text(EffectRow::receiptNumber)
                .text(EffectRow::reversal)
                .text(EffectRow::reason)
                .timestamp(EffectRow::keySpentAt)
                .bigint(row -> clock.now().packed());
    }

    private List<Standing<T>> select(String sql, Collection<MessageKey> commands) {
        if (commands.isEmpty()) {
            return List.of();
        }
        var keys = Columns.of(List.copyOf(commands)).text(MessageKey::sagaId).text(MessageKey::name);
        return jdbc.query(sql, (row, _) -> standing(row), keys.arrays());
    }

    /** The clock is moved past the row's last change, whoever made it. */
    private Standing<T> standing(ResultSet row) throws SQLException {
        clock.observe(new Hlc(row.getLong("hlc")));
        return new EffectRow(
                        new MessageKey(SagaId.parse(row.getString("saga_id")), row.getString("command")),
                        EffectState.valueOf(row.getString("state")),
                        row.getString("request"),
                        row.getString("receipt_id"),
                        row.getString("receipt_number"),
                        row.getString("reversal"),
                        row.getString("reason"),
                        instant(row.getTimestamp("key_spent_at")),
                        row.getTimestamp("created_at").toInstant())
                .standing(type, codec);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return Optional.ofNullable(timestamp).map(Timestamp::toInstant).orElse(null);
    }

    private void expect(int expected, int written) {
        if (written != expected) {
            throw new ConcurrencyFailureException((expected - written) + " of " + expected + " rows of " + table
                    + " were written by somebody else meanwhile");
        }
    }
}
