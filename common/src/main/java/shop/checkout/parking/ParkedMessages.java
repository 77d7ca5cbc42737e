package shop.checkout.parking;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.time.HybridClock;

/**
 * What people see of parked messages, and what they may do: release one, which has it tried again at once, or discard one
 * that nobody will miss. Whatever they do is written to the audit in the same transaction.
 */
public final class ParkedMessages {

    private static final String SELECT = """
            select m.id, m.topic, m.partition, m."offset", m.record_key, m.message_key, m.headers ->> 'ce_type' as type, m.reason,
                   m.attempts, m.parked_at, m.due_at,
                   case when first.message_key = any (m.overtakes) then null else first.id end as behind
              from parked_message m
            """ + Parking.FIRST_AHEAD;

    private static final String AUDIT = """
            insert into parking_audit (hlc, operation, operator, reason, parked_id, topic, partition, "offset", record_key,
                                       message_key, headers, payload, parked_at, parked_reason, attempts)
            select greatest(?, substring(headers ->> 'ce_hlc' from '^[0-9]{1,18}$')::bigint + 1), k.operation, ?, ?, id, topic, partition,
                   "offset", record_key, message_key, headers,
                   case k.operation when 'discard' then payload end, parked_at, m.reason, attempts
              from parked_message m, (values (?)) as k (operation) where id = ?
            """;

    /**
     * A parked message, without its content, which may be confidential.
     *
     * @param type its wire name, if it says so
     * @param dueAt when it is tried again
     * @param behind the id of the first message of its key, for which it waits
     */
    public record Entry(
            long id,
            String topic,
            int partition,
            long offset,
            @Nullable String recordKey,
            @Nullable String messageKey,
            @Nullable String type,
            String reason,
            int attempts,
            Instant parkedAt,
            Instant dueAt,
            @Nullable Long behind) {

        /** Choreography settles stock or money, and nobody repeats its events (R17). */
        boolean mustBeHandled() {
            return topic.endsWith(".events");
        }
    }

    /** What came of a person's wish. */
    public sealed interface Outcome {
        /** @param entry as it was before */
        record Done(Entry entry) implements Outcome {}

        record Unknown() implements Outcome {}

        /** @param first the id of the message that it waits for */
        record QueuesBehind(long first) implements Outcome {}

        record MustBeHandled(String topic) implements Outcome {}
    }

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final HybridClock clock;
    private final MeterRegistry meters;

    public ParkedMessages(JdbcTemplate jdbc, TransactionTemplate transaction, HybridClock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.meters = meters;
    }

    /** The oldest first. */
    public List<Entry> find(Optional<String> recordKey, long afterId, int limit) {
        return recordKey
                .map(key -> jdbc.query(
                        SELECT + " where m.record_key = ? and m.id > ? order by m.id limit ?",
                        ParkedMessages::entry,
                        StoredRecord.storable(key),
                        afterId,
                        limit))
                .orElseGet(() -> jdbc.query(
                        SELECT + " where m.id > ? order by m.id limit ?", ParkedMessages::entry, afterId, limit));
    }

    /** Has a message tried again at once, and what queues behind it after that. A retry that is under way is waited for. */
    public Outcome release(long id, String operator, String reason) {
        return operate("release", id, entry -> {
            if (entry.behind != null) {
                return new Outcome.QueuesBehind(entry.behind);
            }
            audit("release", id, operator, reason);
            jdbc.update("update parked_message set due_at = now() where id = ?", id);
            return new Outcome.Done(entry);
        });
    }

    /** Gives a message up, and has what queues behind it tried. The audit keeps it. */
    public Outcome discard(long id, String operator, String reason) {
        return operate("discard", id, entry -> {
            if (entry.mustBeHandled()) {
                return new Outcome.MustBeHandled(entry.topic);
            }
            audit("discard", id, operator, reason);
            jdbc.update("delete from parked_message where id = ?", id);
            return new Outcome.Done(entry);
        });
    }

    private Outcome operate(String operation, long id, Function<Entry, Outcome> work) {
        var outcome = transaction.execute(
                status -> jdbc.query(SELECT + " where m.id = ? for update of m", ParkedMessages::entry, id).stream()
                        .findFirst()
                        .map(work)
                        .orElseGet(Outcome.Unknown::new));
        if (outcome instanceof Outcome.Done(var entry)) {
            meters.counter("checkout.parking." + operation, "topic", entry.topic)
                    .increment();
        }
        return outcome;
    }

    private void audit(String operation, long id, String operator, String reason) {
        jdbc.update(AUDIT, clock.now().packed(), operator, reason, operation, id);
    }

    private static Entry entry(ResultSet row, int index) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("record_key"),
                row.getString("message_key"),
                row.getString("type"),
                row.getString("reason"),
                row.getInt("attempts"),
                instant(row, "parked_at"),
                instant(row, "due_at"),
                row.getObject("behind", Long.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant();
    }
}
