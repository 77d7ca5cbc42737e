package shop.checkout.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The partitions of tables that are partitioned by a UUIDv7, one a day (UTC): makes them ahead of time, and finds those of
 * past days. Any number of replicas may do so at once. What falls into no day's partition goes to the table's default partition.
 *
 * <p>Whoever waits for a lock on the table keeps all others waiting behind it, so the wait is short; a partition that could
 * not be made is made next time, days before it is needed. A partition is made as a table of its own and then attached,
 * which leaves readers and writers of the others alone; only the default partition is locked for a moment.
 */
public final class DailyPartitions {

    private static final Logger log = LoggerFactory.getLogger(DailyPartitions.class);
    private static final int DAYS_AHEAD = 3;
    private static final Duration OTHER_REPLICA = Duration.ofSeconds(5);

    private static final String OF_DAYS = """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = ?::regclass and c.relname ~ ('^' || ? || '_[0-9]{8}$')
             order by c.relname
            """;

    /** As the owner of the table, who the service need not be. */
    private static final String MAKE = "select make_daily_partition(?, ?, ?::uuid, ?::uuid)";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Duration lockTimeout;
    private final List<String> tables;

    /** @param lockTimeout how long others may have to wait because of this */
    public DailyPartitions(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            Clock clock,
            Duration lockTimeout,
            List<String> tables) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.lockTimeout = lockTimeout;
        this.tables = List.copyOf(tables);
    }

    /** A partition with the rows of a day. */
    public record Partition(String table, LocalDate day) {

        public String name() {
            return table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
        }

        /** The first moment that is later than all its rows. */
        public LocalDateTime end() {
            return day.plusDays(1).atStartOfDay();
        }
    }

    /** Makes those of today and the next days that do not exist. */
    public void makeAhead() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var table : tables) {
            today.datesUntil(today.plusDays(DAYS_AHEAD)).forEach(day -> make(new Partition(table, day)));
        }
    }

    /** Those that a table has, the oldest first. */
    public List<Partition> of(String table) {
        return jdbc.query(OF_DAYS, (row, _) -> partition(table, row.getString("relname")), table, table);
    }

    private static Partition partition(String table, String name) {
        var day = name.substring(table.length() + 1);
        return new Partition(table, LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE));
    }

    /** In a transaction of its own: who locks two tables at once may wait in a circle. */
    private void make(Partition partition) {
        try {
            transaction.executeWithoutResult(status -> makeUnlessThere(partition));
        } catch (DataIntegrityViolationException e) {
            log.warn(
                    "{} is not made: the default partition has rows of that day, and keeps them ({})",
                    partition.name(),
                    e.toString());
        } catch (DataAccessException e) {
            if (!LockWaits.ended(e)) {
                throw e;
            }
            log.warn("{} is not made this time, its table is locked ({})", partition.name(), e.toString());
        }
    }

    private void makeUnlessThere(Partition partition) {
        LockWaits.limit(jdbc, OTHER_REPLICA);
        jdbc.query("select pg_advisory_xact_lock(hashtext('daily partitions'))", row -> {});
        LockWaits.limit(jdbc, lockTimeout);
        if (jdbc.queryForObject("select to_regclass(?)", String.class, partition.name()) == null) {
            jdbc.query(
                    MAKE,
                    _ -> {},
                    partition.table(),
                    partition.day(),
                    firstUuidOf(partition.day().atStartOfDay()),
                    firstUuidOf(partition.end()));
        }
    }

    /** The smallest UUIDv7 of a moment (UTC): 48 bits of milliseconds, then zeros. */
    public static String firstUuidOf(LocalDateTime moment) {
        long millis = moment.toInstant(ZoneOffset.UTC).toEpochMilli();
        return "%08x-%04x-0000-0000-000000000000".formatted(millis >>> 16, millis & 0xffff);
    }
}
