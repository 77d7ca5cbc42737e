package shop.checkout.relay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.source.SourceRecord;

/** Change events that are published together, carried through Debezium's engine as one record with the last one's position. */
final class OutboxBatch extends SourceRecord {

    /** The end of the last transaction that was read as a whole: all up to it may be confirmed. */
    private static final String LAST_COMMIT = "lsn_commit";
    /** When the transaction of the last event was committed, by the database's clock. */
    private static final String COMMITTED_AT = "ts_usec";

    private final transient List<SourceRecord> events;

    /** @param events at least one */
    OutboxBatch(List<SourceRecord> events) {
        super(events.getLast().sourcePartition(), events.getLast().sourceOffset(), null, null, null);
        this.events = events;
    }

    List<SourceRecord> events() {
        return events;
    }

    /** Empty as long as no transaction has been read to its end. */
    OptionalLong lastCommit() {
        return sourceOffset().get(LAST_COMMIT) instanceof Long lsn ? OptionalLong.of(lsn) : OptionalLong.empty();
    }

    /** When the last event was committed, by the database's clock. */
    Optional<Instant> committedAt() {
        return sourceOffset().get(COMMITTED_AT) instanceof Long micros
                ? Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
                : Optional.empty();
    }
}
