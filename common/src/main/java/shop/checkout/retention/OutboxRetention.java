package shop.checkout.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.jdbc.DailyPartitions;
import shop.checkout.jdbc.DailyPartitions.Partition;

/**
 * Forgets what the outbox has sent. A row goes when it is older than the retention <em>and</em> its transaction is visible in
 * {@code relay_position.published}.
 *
 * <p>Why that is enough: the relay reads rows from the table only after its slot was lost, and then only those that are
 * not visible in that snapshot (see {@code Republication}). The snapshot was stored when the published position had passed the log's
 * end of its time, and it never goes back, so what is visible in it now will be then. What the slot has still to deliver,
 * the rows above its confirmed position among them, it reads from the log, which a dropped table does not touch. Nothing is forgotten
 * while the slot is missing, invalid or ahead of the relay's row: it is about to be found lost, and whoever
 * looks into that wants to see the rows.
 *
 * <p>A transaction that still writes to the partition has locked it. So the rows are looked at a second time under a lock that
 * keeps writers of this old partition out, and what was seen then is what is dropped.
 */
final class OutboxRetention {

    private static final String PUBLISHED = """
            select p.published::text as published
              from relay_position p
              join pg_replication_slots s on s.slot_name = p.slot and s.database = current_database()
             where p.slot = ? and p.published is not null
               and s.wal_status <> 'lost' and s.invalidation_reason is null and s.confirmed_flush_lsn <= p.lsn
            """;

    private static final String DELETE_REST = """
            delete from outbox_rest
             where id in (select id from outbox_rest
                           where created_at < ? and pg_visible_in_snapshot(transaction_id, ?::pg_snapshot)
                           order by id limit ?)
            """;

    private final JdbcTemplate jdbc;
    private final PartitionDrop drop;
    private final DailyPartitions partitions;
    private final String slot;
    private final Duration retention;
    private final Clock clock;

    OutboxRetention(
            JdbcTemplate jdbc,
            PartitionDrop drop,
            DailyPartitions partitions,
            String slot,
            Duration retention,
            Clock clock) {
        this.jdbc = jdbc;
        this.drop = drop;
        this.partitions = partitions;
        this.slot = slot;
        this.retention = retention;
        this.clock = clock;
    }

    /** @return how many partitions were dropped */
    int forget() {
        var bound = LocalDateTime.ofInstant(clock.instant().minus(retention), ZoneOffset.UTC);
        published()
                .ifPresent(proven -> drop.delete("outbox_rest", DELETE_REST, bound.atOffset(ZoneOffset.UTC), proven));
        return (int) partitions.of("outbox").stream()
                .filter(partition -> !partition.end().isAfter(bound))
                .filter(partition -> drop.drop(partition, this::isPublished))
                .count();
    }

    private boolean isPublished(Partition partition) {
        if (!seemsPublished(partition)) { // which may take a while, so nobody is kept waiting
            return false;
        }
        drop.freeze(partition);
        return seemsPublished(partition);
    }

    private boolean seemsPublished(Partition partition) {
        return published()
                .filter(proven -> !drop.hasRow(
                        partition, "id", "not pg_visible_in_snapshot(transaction_id, ?::pg_snapshot)", proven))
                .isPresent();
    }

    /** A snapshot whose transactions have all been published; empty while nothing may be forgotten. */
    private Optional<String> published() {
        return jdbc.query(PUBLISHED, (row, _) -> row.getString("published"), slot).stream()
                .findFirst();
    }
}
