package shop.checkout.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import shop.checkout.jdbc.DailyPartitions;

/**
 * Forgets which messages were acted on. A partition holds the sagas that were born on a day; it goes when that day is
 * longer ago than the retention and no message of those sagas was received within it. So a row outlasts the retention since its
 * message was received, however long its saga lives; a saga that outlived its partition has its later rows in the default partition.
 *
 * <p>A row that is written between the last look and the drop is lost. Nobody waits for that: its message may be handled once more,
 * and is answered then by the participant's own row (its barrier), as everything is that comes after the inbox has forgotten.
 */
final class InboxRetention {

    private static final String DELETE_REST = """
            delete from inbox_rest
             where (saga_id, name) in (select saga_id, name from inbox_rest
                                        where received_at < ? order by saga_id, name limit ?)
            """;

    private final PartitionDrop drop;
    private final DailyPartitions partitions;
    private final Duration retention;
    private final Clock clock;

    InboxRetention(PartitionDrop drop, DailyPartitions partitions, Duration retention, Clock clock) {
        this.drop = drop;
        this.partitions = partitions;
        this.retention = retention;
        this.clock = clock;
    }

    /** @return how many partitions were dropped */
    int forget() {
        var bound = OffsetDateTime.ofInstant(clock.instant().minus(retention), ZoneOffset.UTC);
        drop.delete("inbox_rest", DELETE_REST, bound);
        return (int) partitions.of("inbox").stream()
                .filter(partition -> !partition.end().isAfter(bound.toLocalDateTime()))
                .filter(partition -> drop.drop(partition, it -> !drop.hasRow(it, "saga_id", "received_at >= ?", bound)))
                .count();
    }
}
