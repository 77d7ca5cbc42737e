package shop.checkout.retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DailyPartitions;
import shop.checkout.jdbc.DailyPartitions.Partition;
import shop.checkout.jdbc.LockWaits;

/**
 * Takes old rows away without standing in anybody's way: one replica at a time, the others skip their turn; and who would
 * have to wait for a lock gives up and comes back at the next turn.
 */
final class PartitionDrop {

    private static final Logger log = LoggerFactory.getLogger(PartitionDrop.class);
    private static final int SLICES = 24;
    private static final int ROWS_AT_ONCE = 5_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Duration lockTimeout;

    PartitionDrop(JdbcTemplate jdbc, TransactionTemplate transaction, Duration lockTimeout) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.lockTimeout = lockTimeout;
    }

    /** Within the transaction that drops: whether the partition may go. */
    @FunctionalInterface
    interface Condition {
        boolean holds(Partition partition);
    }

    /** @return whether it is gone by this call */
    boolean drop(Partition partition, Condition condition) {
        boolean dropped = inTurn(partition.name(), false, () -> {
            if (!condition.holds(partition)) {
                return false;
            }
            jdbc.query("select drop_daily_partition(?, ?)", _ -> {}, partition.table(), partition.day());
            return true;
        });
        if (dropped) {
            log.atInfo().addKeyValue("partition", partition.name()).log("dropped");
        }
        return dropped;
    }

    /**
     * Deletes until there is no more to delete, in small transactions.
     *
     * @param delete takes first its own arguments, then how many rows it may delete
     */
    void delete(String what, String delete, Object... arguments) {
        var all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = ROWS_AT_ONCE;
        while (inTurn(what, 0, () -> jdbc.update(delete, all)) == ROWS_AT_ONCE) {
            // until no full batch is left
        }
    }

    /** Whether a partition has a row; asked an hour's rows at a time, as a whole day's may take longer than a call may last. */
    boolean hasRow(Partition partition, String keyColumn, String where, Object... arguments) {
        var sql = "select exists (select from %s where %s >= ?::uuid and %s < ?::uuid and (%s))"
                .formatted(partition.name(), keyColumn, keyColumn, where);
        var begin = partition.day().atStartOfDay();
        return IntStream.range(0, SLICES).anyMatch(hour -> {
            var all = new ArrayList<Object>(List.of(
                    DailyPartitions.firstUuidOf(begin.plusHours(hour)),
                    DailyPartitions.firstUuidOf(begin.plusHours(hour + 1L))));
            all.addAll(List.of(arguments));
            return Boolean.TRUE.equals(jdbc.queryForObject(sql, Boolean.class, all.toArray()));
        });
    }

    /** Keeps the rows of a partition as they are until the end of the transaction; reading goes on. */
    void freeze(Partition partition) {
        jdbc.execute("lock table " + partition.name() + " in share mode");
    }

    private <T> T inTurn(String what, T otherwise, Supplier<T> work) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> isOurTurn() ? work.get() : otherwise));
        } catch (DataAccessException e) {
            if (!LockWaits.ended(e)) {
                throw e;
            }
            log.info("{} is left alone this time, others work on it ({})", what, e.toString());
            return otherwise;
        }
    }

    private boolean isOurTurn() {
        LockWaits.limit(jdbc, lockTimeout);
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select pg_try_advisory_xact_lock(hashtext('retention'))", Boolean.class));
    }
}
