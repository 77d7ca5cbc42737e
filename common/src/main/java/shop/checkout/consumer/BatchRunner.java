package shop.checkout.consumer;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.parking.Parking;

/**
 * Runs a handler over Kafka polls: one transaction a poll. If that fails, the records are taken one by one, and one that
 * fails alone is parked, so that it costs only itself. When the database is what fails, the error goes to the caller, who
 * tries the same poll again later; nothing is skipped.
 */
public final class BatchRunner {

    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final BatchHandler handler;
    private final Parking parking;
    private final TransactionTemplate transaction;

    public BatchRunner(BatchHandler handler, Parking parking, TransactionTemplate transaction) {
        this.handler = handler;
        this.parking = parking;
        this.transaction = transaction;
    }

    /** Returns when each record is handled or parked, durably. */
    public void run(List<ConsumerRecord<String, byte[]>> batch) {
        try {
            handle(batch);
        } catch (RuntimeException e) {
            if (DatabaseTrouble.causes(e)) {
                throw e;
            }
            if (batch.size() == 1) {
                park(batch.getFirst(), e);
            } else {
                log.warn("A batch of {} failed and is taken one by one: {}", batch.size(), e.toString());
                batch.forEach(kafkaRecord -> run(List.of(kafkaRecord)));
            }
        }
    }

    /** One more try for a record that was parked; throws if it fails. */
    List<NotYet> retry(ConsumerRecord<String, byte[]> kafkaRecord) {
        return handler.handle(List.of(kafkaRecord));
    }

    private void handle(List<ConsumerRecord<String, byte[]>> batch) {
        transaction.executeWithoutResult(status -> {
            var notYet = handler.handle(batch);
            notYet.forEach(it -> parking.keepForLater(it.kafkaRecord(), it.reason()));
        });
    }

    private void park(ConsumerRecord<String, byte[]> kafkaRecord, RuntimeException failure) {
        log.error(
                "Parked {}-{}@{} of saga {}: {}",
                kafkaRecord.topic(),
                kafkaRecord.partition(),
                kafkaRecord.offset(),
                kafkaRecord.key(),
                failure.toString(),
                failure);
        transaction.executeWithoutResult(status -> parking.park(kafkaRecord, failure.toString()));
    }
}
