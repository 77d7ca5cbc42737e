package shop.checkout.relay;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import shop.checkout.trace.Traces;

/**
 * Handles what Debezium reads: publish, await, note the position, confirm; in this order, so that a crash at any point makes the successor
 * publish some rows again and none is left out.
 *
 * <p>A batch whose confirmation is not due is simply not confirmed: a later one, or one of the heartbeats that
 * Debezium sends, confirms it as well. Any exception stops the engine with nothing confirmed that is not published.
 */
final class Publishing implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    private final KafkaPublisher kafka;
    private final RecordWriter writer;
    private final Position position;
    private final RelayMetrics metrics;
    private final Traces traces;
    private final Duration confirmEvery;
    private final Duration heartbeat;
    private final RowReader reader = new RowReader();
    private LogSequenceNumber confirmed = LogSequenceNumber.INVALID_LSN;
    private long confirmedNanos = System.nanoTime();
    private long heartbeatNanos = System.nanoTime();
    private @Nullable Instant newest;
    /** A slot that is lost before it is read is made anew by Debezium; one that is being read cannot be. */
    private boolean slotIsOurs;

    private volatile boolean progressed;

    Publishing(
            KafkaPublisher kafka,
            RecordWriter writer,
            Position position,
            RelayMetrics metrics,
            Traces traces,
            RelaySettings.Tuning tuning) {
        this.kafka = kafka;
        this.writer = writer;
        this.position = position;
        this.metrics = metrics;
        this.traces = traces;
        this.confirmEvery = tuning.confirmEvery();
        this.heartbeat = tuning.heartbeat();
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> carriers, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        try {
            if (!slotIsOurs) {
                position.failIfSlotIsAhead();
                slotIsOurs = true;
            }
            for (var carrier : carriers) {
                var batch = (OutboxBatch) carrier.record();
                var rows = rows(batch);
                if (!rows.isEmpty()) {
                    publish(rows);
                    newest = batch.committedAt().orElse(newest);
                }
                if (isConfirmationDue(batch)) {
                    confirm(batch, carrier, committer);
                } else if (isHeartbeatDue()) {
                    position.heartbeat();
                    heartbeatNanos = System.nanoTime();
                }
            }
        } catch (SQLException e) {
            throw new NotPublished("the relay's position cannot be stored: " + e.getMessage(), e);
        }
    }

    /** Something has been published since the start. */
    boolean hasProgressed() {
        return progressed;
    }

    /** Returns when all are acknowledged. */
    void publish(List<OutboxRow> rows) throws InterruptedException {
        if (rows.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        kafka.publish(rows.stream().map(writer::write).toList());
        progressed = true;
        metrics.published(rows.size(), rows.getFirst().writtenAt(), Duration.ofNanos(System.nanoTime() - began));
        if (traces.isOn()) {
            rows.forEach(row -> row.tell(traces));
        }
    }

    private List<OutboxRow> rows(OutboxBatch batch) {
        var rows = new ArrayList<OutboxRow>(batch.events().size());
        for (var event : batch.events()) {
            reader.read(event).ifPresent(rows::add);
        }
        return rows;
    }

    private boolean isConfirmationDue(OutboxBatch batch) {
        var commit = batch.lastCommit();
        return commit.isPresent()
                && LogSequenceNumber.valueOf(commit.getAsLong()).compareTo(confirmed) > 0
                && System.nanoTime() - confirmedNanos >= confirmEvery.toNanos();
    }

    private void confirm(
            OutboxBatch batch,
            RecordChangeEvent<SourceRecord> carrier,
            RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws SQLException, InterruptedException {
        var commit = LogSequenceNumber.valueOf(batch.lastCommit().orElseThrow());
        position.advance(commit, newest);
        confirmed = commit;
        confirmedNanos = System.nanoTime();
        committer.markProcessed(carrier);
        committer.markBatchFinished();
    }

    private boolean isHeartbeatDue() {
        long now = System.nanoTime();
        return now - confirmedNanos >= heartbeat.toNanos() && now - heartbeatNanos >= heartbeat.toNanos();
    }
}
