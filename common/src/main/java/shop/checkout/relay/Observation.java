package shop.checkout.relay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how publishing stands, by one query whose cost does not grow with the outbox. */
final class Observation {

    static final int MOST_ROWS = 10_000;

    /**
     * The row of the position knows when the newest row that is published was committed, and ids begin with the time of their making, both by
     * the database's clock. So only what is not published is read; a row that was made before and committed after is missed, until it is published.
     */
    private static final String READ = """
            select p.token, p.lsn::text as published, p.published_at, l.owner, coalesce(s.active, false) as active,
                   coalesce(s.wal_status, 'absent') as wal_status,
                   coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint as retained_bytes,
                   newer.rows, newer.micros
            from (select ?::text as slot) relay
            left join relay_position p on p.slot = relay.slot
            left join lease l on l.name = relay.slot and l.expires_at > clock_timestamp()
            left join pg_replication_slots s on s.slot_name = relay.slot
            cross join lateral (
                select count(*) as rows,
                       coalesce(extract(epoch from clock_timestamp() - min(created_at)) * 1000000, 0)::bigint as micros
                from (select created_at from outbox
                      where id >= (lpad(to_hex(coalesce(floor(extract(epoch from p.published_until) * 1000) + 1, 0)::bigint), 12, '0')
                                   || repeat('0', 20))::uuid
                      order by id limit %d) as waiting) as newer
            """.formatted(MOST_ROWS);

    private Observation() {}

    static RelayStatus read(Connection connection, String slot, boolean leading) throws SQLException {
        try (var query = connection.prepareStatement(READ)) {
            query.setString(1, slot);
            try (var rows = query.executeQuery()) {
                rows.next();
                return status(rows, slot, leading);
            }
        }
    }

    private static RelayStatus status(ResultSet row, String slot, boolean leading) throws SQLException {
        return new RelayStatus(
                slot,
                leading,
                Optional.ofNullable(row.getString("owner")),
                row.getLong("token"),
                Optional.ofNullable(row.getString("published")),
                instant(row.getObject("published_at", OffsetDateTime.class)),
                row.getLong("rows"),
                Duration.ofNanos(Math.max(0, row.getLong("micros")) * 1_000),
                row.getBoolean("active"),
                row.getString("wal_status"),
                row.getLong("retained_bytes"));
    }

    private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
