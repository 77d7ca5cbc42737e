package shop.checkout.orchestrator.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.orchestrator.saga.SagaStatus;

/**
 * How many checkouts there are of each status: exact as of a moment ago, and cheap however many rows
 * there are. Open and rejected ones are counted by indexes that hold only them. All of them are counted once per start (and once an
 * hour); afterwards only ids younger than a mark, which follows the present at a distance that no insert lags behind.
 * What is neither open nor rejected is completed. Sagas of other kinds are few and are subtracted, by indexes that hold only
 * them. Counting takes at most a twentieth of the time, however slow the database is.
 */
public final class CheckoutCounts {

    private static final Duration FRESH_FOR = Duration.ofMillis(500);
    private static final int REST = 20;
    private static final Duration MARK_DISTANCE = Duration.ofMinutes(2);
    private static final Duration RECOUNT_AFTER = Duration.ofHours(1);

    private static final String COUNT = """
            with range as not materialized (select ?::uuid as lower, ?::uuid as mark)
            select (select count(*) from saga, range where id >= lower and id < mark)
                     - (select count(*) from saga, range where id >= lower and id < mark and definition <> 'checkout')
                     as settled,
                   (select count(*) from saga, range where id >= mark)
                     - (select count(*) from saga, range where id >= mark and definition <> 'checkout')
                     as recent,
                   (select count(*) from saga where status = 'REJECTED')
                     - (select count(*) from saga where status = 'REJECTED' and definition <> 'checkout')
                     as rejected,
                   count(*) filter (where status = 'RUNNING') as running,
                   count(*) filter (where status = 'COMPENSATING') as compensating,
                   count(*) filter (where status = 'NEEDS_ATTENTION') as needs_attention
              from saga where wake_at is not null and definition = 'checkout'
            """;

    /** How many checkouts there are, in all and of each status. */
    public record Counts(long total, Map<SagaStatus, Long> byStatus) {}

    private record Known(Instant mark, long before, Instant countedAllAt, Instant freshUntil, Counts counts) {}

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private Known known = new Known(Instant.EPOCH, 0, Instant.MIN, Instant.MIN, new Counts(0, Map.of()));

    CheckoutCounts(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public synchronized Counts now() {
        var now = clock.instant();
        if (known.freshUntil.isBefore(now)) {
            known = count(now);
        }
        return known.counts;
    }

    private Known count(Instant now) {
        boolean all = known.countedAllAt.isBefore(now.minus(RECOUNT_AFTER));
        var from = all ? Instant.EPOCH : known.mark;
        var distant = now.minus(MARK_DISTANCE);
        var mark = distant.isAfter(from) ? distant : from; // the clock may have been set back
        var row = Objects.requireNonNull(
                jdbc.queryForObject(COUNT, CheckoutCounts::row, firstIdOf(from), firstIdOf(mark)));
        long before = (all ? 0 : known.before) + row.settled;
        return new Known(
                mark, before, all ? now : known.countedAllAt, freshUntil(now), row.counts(before + row.recent));
    }

    private Instant freshUntil(Instant began) {
        var ended = clock.instant();
        return ended.plus(Duration.between(began, ended).multipliedBy(REST)).plus(FRESH_FOR);
    }

    private record Row(long settled, long recent, Map<SagaStatus, Long> unlessCompleted) {

        Counts counts(long total) {
            var byStatus = new EnumMap<>(unlessCompleted);
            long others = byStatus.values().stream().mapToLong(Long::longValue).sum();
            byStatus.put(SagaStatus.COMPLETED, total - others);
            return new Counts(total, byStatus);
        }
    }

    private static Row row(ResultSet row, int index) throws SQLException {
        return new Row(
                row.getLong("settled"),
                row.getLong("recent"),
                Map.of(
                        SagaStatus.RUNNING, row.getLong("running"),
                        SagaStatus.COMPENSATING, row.getLong("compensating"),
                        SagaStatus.NEEDS_ATTENTION, row.getLong("needs_attention"),
                        SagaStatus.REJECTED, row.getLong("rejected")));
    }

    /** The smallest UUIDv7 of a millisecond. */
    private static UUID firstIdOf(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0);
    }
}
