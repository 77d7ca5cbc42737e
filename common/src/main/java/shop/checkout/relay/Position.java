package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
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

    /** At the very first start as well: two that start at once must be told apart. A row at 0/0 knows of nothing published. */
    private static final String CLAIM = """
            insert into relay_position (slot, token, lsn, published_at) values (?, ?, '0/0', clock_timestamp())
            on conflict (slot) do update set token = excluded.token where relay_position.token <= excluded.token
            returning lsn::text, published::text, system_identifier = (select system_identifier from pg_control_system())
            """;

    private static final String TOKEN = "select token from relay_position where slot = ?";
    private static final String BEGIN = """
            update relay_position
            set lsn = ?::pg_lsn, published_at = clock_timestamp(), published = ?::pg_snapshot, published_until = ?::timestamptz,
                system_identifier = (select system_identifier from pg_control_system())
            where slot = ? and token = ?
            """;
    private static final String ADVANCE = """
            update relay_position
            set lsn = greatest(lsn, ?::pg_lsn), published_at = clock_timestamp(), published = coalesce(?::pg_snapshot, published),
                published_until = greatest(published_until, ?::timestamptz)
            where slot = ? and token = ?
              and not exists (select from pg_replication_slots s
                               where s.slot_name = relay_position.slot and s.confirmed_flush_lsn > relay_position.lsn)
            returning pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text
            """;
    private static final String AHEAD = """
            select from relay_position p join pg_replication_slots s on s.slot_name = p.slot
            where p.slot = ? and s.confirmed_flush_lsn > p.lsn
            """;
    /** A row for nobody: it moves the slot on when the tables are quiet while the log grows. */
    private static final String HEARTBEAT = "select pg_logical_emit_message(false, 'relay', ?)";

    /**
     * @param published a snapshot whose transactions have all been published; empty when none is known
     * @param here false when it was stored by another PostgreSQL, whose positions and transactions are not this one's
     */
    record Stored(LogSequenceNumber lsn, Optional<String> published, boolean here) {}

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
     * @return what was published before; empty as long as no start has got as far as the slot
     * @throws SteppedDown when a newer lease has been here
     */
    Optional<Stored> claim() throws SQLException {
        try (var upsert = connection.prepareStatement(CLAIM)) {
            upsert.setString(1, slot);
            upsert.setLong(2, token);
            try (var rows = upsert.executeQuery()) {
                if (!rows.next()) {
                    throw steppedDown();
                }
                var lsn = LogSequenceNumber.valueOf(rows.getString(1));
                return lsn.equals(LogSequenceNumber.INVALID_LSN)
                        ? Optional.empty()
                        : Optional.of(new Stored(lsn, Optional.ofNullable(rows.getString(2)), rows.getBoolean(3)));
            }
        }
    }

    /**
     * Starts over at a slot's first position; to be called after {@link #claim}.
     *
     * @param published what has been published
     * @throws SteppedDown when a newer lease has been here
     */
    void begin(LogSequenceNumber lsn, Republication.Done published) throws SQLException {
        try (var update = connection.prepareStatement(BEGIN)) {
            update.setString(1, lsn.asString());
            update.setString(2, published.snapshot());
            update.setString(3, published.until());
            update.setString(4, slot);
            update.setLong(5, token);
            if (update.executeUpdate() == 0) {
                throw steppedDown();
            }
        }
    }

    /**
     * Notes that all up to the position is acknowledged; only then may the slot be confirmed.
     *
     * @param until when a row published since was committed, by the database's clock; null for none
     * @throws SteppedDown when a newer lease has claimed the position
     * @throws SQLException when the slot is ahead: it was made anew since the takeover, by whoever reads it, and what lies
     *     between was never read. Nothing is noted then, so that the next takeover finds it lost.
     */
    void advance(LogSequenceNumber lsn, @Nullable Instant until) throws SQLException {
        var proven = candidate != null && lsn.compareTo(candidate.end()) >= 0 ? candidate : null;
        try (var update = connection.prepareStatement(ADVANCE)) {
            update.setString(1, lsn.asString());
            update.setString(2, proven == null ? null : proven.snapshot());
            update.setString(3, until == null ? null : until.toString());
            update.setString(4, slot);
            update.setLong(5, token);
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

    /**
     * To be called before the first row is published from the slot: what lies before it was not read, and would come later, in the wrong order.
     *
     * @throws SteppedDown when a newer lease has claimed the position
     * @throws SQLException when the slot is ahead
     */
    void failIfSlotIsAhead() throws SQLException {
        failIfNewerLease();
        try (var query = connection.prepareStatement(AHEAD)) {
            query.setString(1, slot);
            try (var rows = query.executeQuery()) {
                if (rows.next()) {
                    throw new SQLException("slot " + slot + " is ahead of relay_position");
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
        if (storedToken() != token) {
            throw steppedDown();
        }
    }

    private SteppedDown steppedDown() throws SQLException {
        return new SteppedDown(slot, token, storedToken());
    }

    /** This lease's when there is no row. */
    private long storedToken() throws SQLException {
        try (var query = connection.prepareStatement(TOKEN)) {
            query.setString(1, slot);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : token;
            }
        }
    }
}
