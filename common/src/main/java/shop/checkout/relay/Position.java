package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * How far the relay has published, in a row that only the holder of the newest lease can write. Used by one thread.
 *
 * <p>The row is written before the slot is confirmed, each time, and it is written durably: were its commit asynchronous, a crash
 * could take it back while the slot's position, which PostgreSQL writes by itself, survives, and the slot would look as if it had
 * been made anew. A commit five times a second is cheap; so it is the number of commits that is kept down, not their price.
 *
 * <p>With the position goes a database snapshot: every transaction visible in it has been published. It is read together with the
 * log's end, and it holds once the published position has passed that end. Ids or timestamps could not tell, as they are not in the order
 * of commits.
 */
final class Position {

    private static final String CLAIM = """
            update relay_position set token = ? where slot = ? and token <= ? returning lsn::text, published::text
            """;
    private static final String TOKEN = "select token from relay_position where slot = ?";
    private static final String BEGIN = """
            insert into relay_position (slot, token, lsn, published_at, published)
            values (?, ?, ?::pg_lsn, clock_timestamp(), ?::pg_snapshot)
            on conflict (slot) do update
            set lsn = excluded.lsn, published_at = excluded.published_at, published = excluded.published
            where relay_position.token = excluded.token
            """;
    private static final String ADVANCE = """
            update relay_position
            set lsn = greatest(lsn, ?::pg_lsn), published_at = clock_timestamp(), published = coalesce(?::pg_snapshot, published)
            where slot = ? and token = ?
              and not exists (select from pg_replication_slots s
                               where s.slot_name = relay_position.slot and s.confirmed_flush_lsn > relay_position.lsn)
            returning pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text
            """;
    /** A row for nobody: it moves the slot on when the tables are quiet while the log grows. */
    private static final String HEARTBEAT = "select pg_logical_emit_message(false, 'relay', ?)";

    /** @param published a snapshot whose transactions have all been published; empty when none is known */
    record Stored(LogSequenceNumber lsn, Optional<String> published) {}

    /** A snapshot that holds once the position has passed the log's end at its time. */
    private record Candidate(String snapshot, LogSequenceNumber end) {}

    private final Connection connection;
    private final String slot;
    private final long token;
    private @Nullable Candidate candidate;

    Position(Connection connection, String slot, long token) {
        this.connection = connection;
        this.slot = slot;
        this.token = token;
    }

    /**
     * From now on no holder of an older lease can confirm.
     *
     * @return what was published before; empty at the very first start
     * @throws SteppedDown when a newer lease has been here
     */
    Optional<Stored> claim() throws SQLException {
        try (var update = connection.prepareStatement(CLAIM)) {
            update.setLong(1, token);
            update.setString(2, slot);
            update.setLong(3, token);
            try (var rows = update.executeQuery()) {
                if (rows.next()) {
                    return Optional.of(new Stored(
                            LogSequenceNumber.valueOf(rows.getString(1)), Optional.ofNullable(rows.getString(2))));
                }
            }
        }
        failIfNewerLease();
        return Optional.empty();
    }

    /**
     * Starts over at a slot's first position.
     *
     * @param published a snapshot whose transactions have all been published
     * @throws SteppedDown when a newer lease has been here
     */
    void begin(LogSequenceNumber lsn, String published) throws SQLException {
        try (var insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, slot);
            insert.setLong(2, token);
            insert.setString(3, lsn.asString());
            insert.setString(4, published);
            if (insert.executeUpdate() == 0) {
                failIfNewerLease();
            }
        }
    }

    /**
     * Notes that all up to the position is acknowledged; only then may the slot be confirmed.
     *
     * @throws SteppedDown when a newer lease has claimed the position
     * @throws SQLException when the slot is ahead: it was made anew since the takeover, by whoever reads it, and what lies
     *     between was never read. Nothing is noted then, so that the next takeover finds it lost.
     */
    void advance(LogSequenceNumber lsn) throws SQLException {
        var proven = candidate != null && lsn.compareTo(candidate.end()) >= 0 ? candidate : null;
        try (var update = connection.prepareStatement(ADVANCE)) {
            update.setString(1, lsn.asString());
            update.setString(2, proven == null ? null : proven.snapshot());
            update.setString(3, slot);
            update.setLong(4, token);
            try (var rows = update.executeQuery()) {
                if (!rows.next()) {
                    failIfNewerLease();
                    throw new SQLException(
                            "slot " + slot + " is ahead of relay_position, or its row is gone from there");
                }
                if (candidate == null || proven != null) {
                    candidate = new Candidate(rows.getString(1), LogSequenceNumber.valueOf(rows.getString(2)));
                }
            }
        }
    }

    void heartbeat() throws SQLException {
        try (var query = connection.prepareStatement(HEARTBEAT)) {
            query.setString(1, slot);
            query.execute();
        }
    }

    private void failIfNewerLease() throws SQLException {
        try (var query = connection.prepareStatement(TOKEN)) {
            query.setString(1, slot);
            try (var rows = query.executeQuery()) {
                if (rows.next() && rows.getLong(1) != token) {
                    throw new SteppedDown(slot, token, rows.getLong(1));
                }
            }
        }
    }
}
