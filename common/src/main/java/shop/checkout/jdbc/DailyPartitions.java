package shop.checkout.jdbc;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the partitions of tables that are partitioned by a UUIDv7, one a day (UTC), ahead of time. Any number of replicas
 * may do so at once. What falls into no day's partition goes to the table's default partition.
 */
public final class DailyPartitions {

    private static final Logger log = LoggerFactory.getLogger(DailyPartitions.class);
    private static final int DAYS_AHEAD = 3;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final List<String> tables;

    public DailyPartitions(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock, List<String> tables) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.tables = List.copyOf(tables);
    }

    /** Makes those of today and the next days that do not exist. */
    public void makeAhead() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var table : tables) {
            today.datesUntil(today.plusDays(DAYS_AHEAD)).forEach(day -> make(table, day));
        }
    }

    /** In a transaction of its own: it locks the whole table, and who locks two tables at once may wait in a circle. */
    private void make(String table, LocalDate day) {
        try {
            transaction.executeWithoutResult(status -> makeUnlessThere(table, day));
        } catch (DataIntegrityViolationException e) {
            log.warn(
                    "{} gets no partition for {}: its default partition has rows of that day, and they stay there ({})",
                    table,
                    day,
                    e.toString());
        }
    }

    private void makeUnlessThere(String table, LocalDate day) {
        jdbc.query("select pg_advisory_xact_lock(hashtext('daily partitions'))", row -> {});
        var partition = table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
        if (jdbc.queryForObject("select to_regclass(?)", String.class, partition) == null) {
            jdbc.execute("create table %s partition of %s for values from ('%s') to ('%s')"
                    .formatted(partition, table, firstUuidOf(day), firstUuidOf(day.plusDays(1))));
        }
    }

    /** The smallest UUIDv7 of a day: 48 bits of milliseconds, then zeros. */
    static String firstUuidOf(LocalDate day) {
        long millis = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return "%08x-%04x-0000-0000-000000000000".formatted(millis >>> 16, millis & 0xffff);
    }
}
